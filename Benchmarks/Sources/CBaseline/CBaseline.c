#define _GNU_SOURCE
#include "CBaseline.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int baseline_enter_namespace(void) {
  if (unshare(CLONE_NEWNET) != 0) return -errno;
  int file = open("/proc/sys/net/ipv6/conf/default/disable_ipv6", O_WRONLY | O_CLOEXEC);
  if (file < 0) return errno == ENOENT ? 0 : -errno;
  ssize_t written = write(file, "1", 1);
  close(file);
  return written == 1 ? 0 : -EIO;
}

static void name_request(struct ifreq *request, const char *name) {
  memset(request, 0, sizeof(*request));
  strncpy(request->ifr_name, name, IFNAMSIZ - 1);
}

int baseline_configure(const char *name, int mtu) {
  struct ifreq request;
  int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (control < 0) return -errno;
  name_request(&request, name);
  request.ifr_mtu = mtu;
  int result = ioctl(control, SIOCSIFMTU, &request);
  name_request(&request, name);
  if (result == 0) result = ioctl(control, SIOCGIFFLAGS, &request);
  request.ifr_flags |= IFF_UP;
  if (result == 0) result = ioctl(control, SIOCSIFFLAGS, &request);
  int error = errno;
  close(control);
  return result == 0 ? 0 : -error;
}

int baseline_open_tap(const char *name, int mtu, int with_header) {
  struct ifreq request;
  int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (tap < 0) return -errno;
  name_request(&request, name);
  request.ifr_flags = IFF_TAP | IFF_NO_PI | (with_header ? IFF_VNET_HDR : 0);
  int result = ioctl(tap, TUNSETIFF, &request) == 0 ? 0 : -errno;
  // As the backend has it: what may come unfinished decides how the kernel lays frames out.
  if (result == 0 && ioctl(tap, TUNSETOFFLOAD, 0) != 0) result = -errno;
  if (result == 0) result = baseline_configure(name, mtu);
  if (result == 0) return tap;
  close(tap);
  return result;
}

int baseline_open_far_side(const char *name) {
  struct ifreq request;
  int far = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (far < 0) return -errno;
  name_request(&request, name);
  if (ioctl(far, SIOCGIFINDEX, &request) == 0) {
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = request.ifr_ifindex};
    if (bind(far, (struct sockaddr *)&address, sizeof(address)) == 0) return far;
  }
  int error = errno;
  close(far);
  return -error;
}

long baseline_inject(int far, const void *frame, size_t length, long count) {
  long sent = 0;
  while (sent < count && send(far, frame, length, 0) == (ssize_t)length) sent++;
  return sent;
}

long baseline_send(int tap, const struct iovec *elements, int element_count, long count) {
  long bytes = 0;
  for (long i = 0; i < count; i++) {
    ssize_t written = writev(tap, elements, element_count);
    if (written < 0) return -errno;
    bytes += written;
  }
  return bytes;
}

long baseline_receive(int tap, const struct iovec *elements, int element_count) {
  long frames = 0;
  while (readv(tap, elements, element_count) > 0) frames++;
  return frames;
}

long baseline_gather(
    const struct iovec *elements, int element_count, void *target, size_t room, long count) {
  long bytes = 0;
  for (long i = 0; i < count; i++) {
    char *next = target;
    size_t left = room;
    for (int j = 0; j < element_count && left > 0; j++) {
      size_t length = elements[j].iov_len < left ? elements[j].iov_len : left;
      memcpy(next, elements[j].iov_base, length);
      next += length;
      left -= length;
    }
    bytes += (long)(room - left);
    __asm__ volatile("" ::: "memory");
  }
  return bytes;
}

long baseline_scatter(
    const struct iovec *elements, int element_count, const void *source, size_t length,
    long count) {
  long bytes = 0;
  for (long i = 0; i < count; i++) {
    const char *next = source;
    size_t left = length;
    for (int j = 0; j < element_count && left > 0; j++) {
      size_t part = elements[j].iov_len < left ? elements[j].iov_len : left;
      memcpy(elements[j].iov_base, next, part);
      next += part;
      left -= part;
    }
    bytes += (long)(length - left);
    __asm__ volatile("" ::: "memory");
  }
  return bytes;
}
