#include "CBaseline.h"
#include "netmap.h"

// Frontends and backends are files of their own: neither is compiled with the other in view.

long baseline_netmap_send(
    int descriptor, const struct iovec *elements, int element_count, long count) {
  long bytes = 0;
  for (long i = 0; i < count; i++) {
    bytes += send_frame(&baseline_netmap_ports[descriptor], elements, element_count);
  }
  return bytes;
}

long baseline_netmap_peek(int descriptor, long count) {
  long bytes = 0;
  for (long i = 0; i < count; i++) {
    bytes += peek_length(&baseline_netmap_ports[descriptor]);
    __asm__ volatile("" ::: "memory");
  }
  return bytes;
}

long baseline_netmap_receive(
    int descriptor, const struct iovec *elements, int element_count, long count) {
  long bytes = 0;
  for (long i = 0; i < count; i++) {
    bytes += receive_frame(&baseline_netmap_ports[descriptor], elements, element_count);
  }
  return bytes;
}

long baseline_netmap_exchange(
    int descriptor, const struct iovec *elements, int element_count, long count) {
  struct port *port = &baseline_netmap_ports[descriptor];
  long bytes = 0;
  for (long i = 0; i < count; i++) {
    bytes += send_frame(port, elements, element_count);
    if (peek_length(port) > 0) bytes += receive_frame(port, elements, element_count);
  }
  return bytes;
}
