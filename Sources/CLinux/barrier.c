#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

static int commanded(int command) {
  return syscall(SYS_membarrier, command, 0, 0) < 0 ? -errno : 0;
}

int clinux_register_barrier(void) {
  return commanded(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
}

int clinux_barrier(void) { return commanded(MEMBARRIER_CMD_PRIVATE_EXPEDITED); }
