#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

int clinux_packet_bypass_queue(int socket) {
  int on = 1;
  int result = setsockopt(socket, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on);
  return result < 0 ? -errno : 0;
}

static int bound(int socket, const char *interface) {
  int on = 1;
  struct sockaddr_ll address = {.sll_family = AF_PACKET,
                                .sll_ifindex = (int)if_nametoindex(interface)};
  if (address.sll_ifindex == 0) return -ENODEV;
  if (setsockopt(socket, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof on) < 0) return -errno;
  int bypassed = clinux_packet_bypass_queue(socket);
  if (bypassed < 0) return bypassed;
  return bind(socket, (struct sockaddr *)&address, sizeof address) < 0 ? -errno : 0;
}

int clinux_packet_socket(const char *interface) {
  int result = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (result < 0) return -errno;
  int outcome = bound(result, interface);
  if (outcome == 0) return result;
  close(result);
  return outcome;
}
