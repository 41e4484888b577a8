#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

ssize_t clinux_writev(int fd, const struct iovec *elements, int count) {
  ssize_t result = writev(fd, elements, count);
  return result < 0 ? -errno : result;
}

int clinux_close(int fd) { return close(fd) < 0 ? -errno : 0; }

int clinux_descriptor_flags(int fd) {
  int descriptor = fcntl(fd, F_GETFD), file = fcntl(fd, F_GETFL);
  if (descriptor < 0 || file < 0) return -errno;
  return (descriptor & FD_CLOEXEC ? 1 : 0) | (file & O_NONBLOCK ? 2 : 0);
}

int clinux_set_nonblocking(int fd, int on) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0) return -errno;
  flags = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
  return fcntl(fd, F_SETFL, flags) < 0 ? -errno : 0;
}

int clinux_set_close_on_exec(int fd, int on) {
  return fcntl(fd, F_SETFD, on ? FD_CLOEXEC : 0) < 0 ? -errno : 0;
}

int clinux_wait_readable(int fd, int milliseconds) {
  struct pollfd entry = {.fd = fd, .events = POLLIN};
  int result = poll(&entry, 1, milliseconds);
  if (result < 0) return -errno;
  if (result == 0) return 0;
  return entry.revents & (POLLERR | POLLHUP | POLLNVAL) ? 3 : 1;
}

int clinux_errno(void) { return errno; }

void clinux_set_errno(int value) { errno = value; }
