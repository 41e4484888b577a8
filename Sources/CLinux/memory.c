#define _GNU_SOURCE

#include "CLinux.h"

#include <errno.h>
#include <unistd.h>

ssize_t clinux_read_memory(void *destination, const void *source, size_t count) {
  if (count == 0) return 0;
  struct iovec to = {destination, count};
  struct iovec from = {(void *)source, count};
  ssize_t result = process_vm_readv(getpid(), &to, 1, &from, 1, 0);
  return result < 0 ? -errno : result;
}
