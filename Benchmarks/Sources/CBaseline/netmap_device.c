#include <errno.h>
#include <string.h>

#include "CBaseline.h"
#include "netmap.h"

struct port baseline_netmap_ports[BASELINE_NETMAP_DESCRIPTORS];

int baseline_netmap_bind(int descriptor, void *transmit_ring, void *receive_ring) {
  if (descriptor < 0 || descriptor >= BASELINE_NETMAP_DESCRIPTORS) return -EBADF;
  baseline_netmap_ports[descriptor] = (struct port){
      descriptor, baseline_netmap_sync_transmit, transmit_ring, receive_ring, 1};
  return 0;
}

int baseline_netmap_sync_transmit(int descriptor) {
  if (descriptor < 0 || descriptor >= BASELINE_NETMAP_DESCRIPTORS) return -EBADF;
  struct ring *ring = baseline_netmap_ports[descriptor].transmit;
  if (ring == NULL) return -EBADF;
  ring->tail = ring->head == 0 ? ring->slot_count - 1 : ring->head - 1;
  return 0;
}

long baseline_netmap_prepare(int descriptor, size_t length) {
  struct ring *ring = baseline_netmap_ports[descriptor].receive;
  uint32_t fragments = (length + ring->buffer_size - 1) / ring->buffer_size;
  for (uint32_t i = 0; i < ring->slot_count; i++) {
    int is_last = i % fragments == fragments - 1;
    struct slot *slot = &ring->slots[i];
    slot->length = is_last ? length - (fragments - 1) * ring->buffer_size : ring->buffer_size;
    slot->flags = is_last ? 0 : MORE_FRAGMENTS;
  }
  ring->head = ring->cur = ring->tail = 0;
  baseline_netmap_ports[descriptor].fragments = fragments;
  return ring->slot_count / fragments - 1;
}

void baseline_netmap_arrive(int descriptor, long frames) {
  struct port *port = &baseline_netmap_ports[descriptor];
  struct ring *ring = port->receive;
  ring->tail = (ring->head + frames * port->fragments) % ring->slot_count;
}

void baseline_netmap_copy(
    const void *sources, void *targets, size_t stride, size_t length, long count) {
  const char *source = sources;
  char *target = targets;
  for (long i = 0; i < count; i++, source += stride, target += stride) {
    memcpy(target, source, length);
    __asm__ volatile("" ::: "memory");
  }
}
