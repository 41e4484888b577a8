#define _GNU_SOURCE
#include "CGuardedMemory.h"
#include "FaultHandlers.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

// Forbidden accesses are found by a signal handler, which may call nothing that locks. Mappings are
// therefore kept in a fixed table of atomics, and faults in a ring that only the handler fills.

#define PAGE ((uintptr_t)4096)
#define MOST_MAPPINGS 256
#define MOST_FAULTS 64

struct mapping {
  _Atomic uintptr_t begin;
  _Atomic uintptr_t end;
};

struct recorded_fault {
  struct guarded_fault fault;
  atomic_int is_complete;
};

static struct mapping mappings[MOST_MAPPINGS];
static struct recorded_fault faults[MOST_FAULTS];
static _Atomic unsigned faults_begun;
static _Atomic unsigned faults_taken;
static pthread_once_t handler_once = PTHREAD_ONCE_INIT;
static struct sigaction previous;

static int is_guarded(uintptr_t address) {
  for (int i = 0; i < MOST_MAPPINGS; i++) {
    uintptr_t begin = atomic_load(&mappings[i].begin);
    if (begin != 0 && address >= begin && address < atomic_load(&mappings[i].end)) return 1;
  }
  return 0;
}

static int is_write_fault(void *context) {
#if defined(__x86_64__)
  return (((ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] & 2) != 0;
#else
  (void)context;
  return -1;
#endif
}

static void pass_on(int number, siginfo_t *info, void *context) {
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(number, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(number);
  } else {
    // The access is made again when this returns, and then ends the process as it would have.
    sigaction(SIGSEGV, &previous, NULL);
  }
}

static void on_fault(int number, siginfo_t *info, void *context) {
  uintptr_t address = (uintptr_t)info->si_addr;
  if (read_trap_on_fault(address, context)) return;
  if (!is_guarded(address)) {
    pass_on(number, info, context);
    return;
  }
  unsigned index = atomic_fetch_add(&faults_begun, 1);
  struct recorded_fault *slot = &faults[index % MOST_FAULTS];
  slot->fault.address = address;
  slot->fault.is_write = is_write_fault(context);
  atomic_store(&slot->is_complete, 1);
  mprotect((void *)(address & ~(PAGE - 1)), PAGE, PROT_READ | PROT_WRITE);
}

static void install_handler(void) {
  struct sigaction action;
  memset(&action, 0, sizeof(action));
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  sigaction(SIGSEGV, &action, &previous);
}

void guarded_memory_install_handler(void) { pthread_once(&handler_once, install_handler); }

static int remember(uintptr_t begin, size_t length) {
  for (int i = 0; i < MOST_MAPPINGS; i++) {
    uintptr_t unused = 0;
    if (atomic_load(&mappings[i].begin) != 0) continue;
    // The end first: while it is not set, no address lies in the mapping.
    if (atomic_compare_exchange_strong(&mappings[i].begin, &unused, begin)) {
      atomic_store(&mappings[i].end, begin + length);
      return 0;
    }
  }
  return -ENOSPC;
}

static void forget(uintptr_t begin) {
  for (int i = 0; i < MOST_MAPPINGS; i++) {
    if (atomic_load(&mappings[i].begin) != begin) continue;
    atomic_store(&mappings[i].end, 0);
    atomic_store(&mappings[i].begin, 0);
  }
}

static unsigned char *map_guarded(int file, size_t size, int protection) {
  size_t whole = size + 2 * PAGE;
  unsigned char *base = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return NULL;
  void *inner = mmap(base + PAGE, size, protection, MAP_SHARED | MAP_FIXED, file, 0);
  if (inner == MAP_FAILED || remember((uintptr_t)base, whole) != 0) {
    munmap(base, whole);
    return NULL;
  }
  return base + PAGE;
}

static void unmap_guarded(unsigned char *inner, size_t size) {
  forget((uintptr_t)(inner - PAGE));
  munmap(inner - PAGE, size + 2 * PAGE);
}

int guarded_memory_map(size_t size, struct guarded_memory *memory) {
  guarded_memory_install_handler();
  int file = memfd_create("guarded", MFD_CLOEXEC);
  if (file < 0) return -errno;
  unsigned char *writable = NULL, *readonly = NULL;
  if (ftruncate(file, (off_t)size) == 0) {
    writable = map_guarded(file, size, PROT_READ | PROT_WRITE);
    readonly = map_guarded(file, size, PROT_READ);
  }
  close(file);
  if (writable == NULL || readonly == NULL) {
    if (writable != NULL) unmap_guarded(writable, size);
    if (readonly != NULL) unmap_guarded(readonly, size);
    return -ENOMEM;
  }
  memory->writable = writable;
  memory->readonly = readonly;
  memory->size = size;
  return 0;
}

int guarded_memory_forbid(const struct guarded_memory *memory, size_t offset, size_t length) {
  if (mprotect(memory->writable + offset, length, PROT_NONE) != 0) return -errno;
  if (mprotect(memory->readonly + offset, length, PROT_NONE) != 0) return -errno;
  return 0;
}

void guarded_memory_unmap(const struct guarded_memory *memory) {
  unmap_guarded(memory->writable, memory->size);
  unmap_guarded(memory->readonly, memory->size);
}

static int lies_in(const struct guarded_memory *memory, uintptr_t address) {
  uintptr_t starts[] = {(uintptr_t)memory->writable, (uintptr_t)memory->readonly};
  for (int i = 0; i < 2; i++) {
    if (address >= starts[i] - PAGE && address < starts[i] + memory->size + PAGE) return 1;
  }
  return 0;
}

int guarded_memory_take_fault(const struct guarded_memory *memory, struct guarded_fault *fault) {
  if (atomic_load(&faults_begun) == atomic_load(&faults_taken)) return 0;
  for (int i = 0; i < MOST_FAULTS; i++) {
    struct recorded_fault *slot = &faults[i];
    if (atomic_load(&slot->is_complete) != 1 || !lies_in(memory, slot->fault.address)) continue;
    *fault = slot->fault;
    int complete = 1;
    if (!atomic_compare_exchange_strong(&slot->is_complete, &complete, 0)) continue;
    atomic_fetch_add(&faults_taken, 1);
    return 1;
  }
  return 0;
}
