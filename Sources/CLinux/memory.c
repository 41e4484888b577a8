#define _GNU_SOURCE

#include "CLinux.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/sysinfo.h>
#include <unistd.h>

ssize_t clinux_read_memory(void *destination, const void *source, size_t count) {
  if (count == 0) return 0;
  struct iovec to = {destination, count};
  struct iovec from = {(void *)source, count};
  ssize_t result = process_vm_readv(getpid(), &to, 1, &from, 1, 0);
  return result < 0 ? -errno : result;
}

int clinux_can_swap(void) {
  struct sysinfo information;
  return sysinfo(&information) != 0 || information.totalswap > 0;
}

int clinux_has_thread_sanitizer(void) {
#if __has_feature(thread_sanitizer)
  return 1;
#else
  return 0;
#endif
}

#if __has_feature(address_sanitizer)
void __asan_poison_memory_region(void const volatile *address, size_t count);
void __asan_unpoison_memory_region(void const volatile *address, size_t count);
#endif

void clinux_set_usable(const void *address, size_t count, int usable) {
#if __has_feature(address_sanitizer)
  if (usable) {
    __asan_unpoison_memory_region(address, count);
  } else {
    __asan_poison_memory_region(address, count);
  }
#else
  (void)address;
  (void)count;
  (void)usable;
#endif
}

void clinux_limit_heaps(int count) {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, count);
#else
  (void)count;
#endif
}
