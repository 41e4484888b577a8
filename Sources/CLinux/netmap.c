#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

_Static_assert(CLINUX_NIOCTXSYNC == _IO('i', 148) && CLINUX_NIOCRXSYNC == _IO('i', 149),
               "NIOCTXSYNC");
_Static_assert(CLINUX_NIOCCTRL == _IOWR('i', 151, char[88]), "NIOCCTRL");

int clinux_netmap_open(void) {
  int result = open("/dev/netmap", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  return result < 0 ? -errno : result;
}

int clinux_ioctl(int fd, uint32_t request, void *argument) {
  int result = ioctl(fd, (unsigned long)request, argument);
  return result < 0 ? -errno : result;
}

int clinux_map_shared(int fd, size_t length, void **address) {
  void *result = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (result == MAP_FAILED) return -errno;
  *address = result;
  return 0;
}

int clinux_unmap(void *address, size_t length) { return munmap(address, length) < 0 ? -errno : 0; }

int clinux_poll(int fd, short events, int milliseconds) {
  struct pollfd entry = {.fd = fd, .events = events};
  return poll(&entry, 1, milliseconds) < 0 ? -errno : (unsigned short)entry.revents;
}
