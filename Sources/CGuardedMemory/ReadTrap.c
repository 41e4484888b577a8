#define _GNU_SOURCE
#include "ReadTrap.h"
#include "FaultHandlers.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#if defined(__x86_64__)

#define PAGE ((uintptr_t)4096)
#define MOST_TRAPS 64
#define MOST_PAGES 4
#define TRAP_FLAG 0x100

enum { UNUSED, CLAIMED, ARMED, FIRED };

struct trap {
  atomic_int state;
  _Atomic uintptr_t word;
  uint64_t value;
  // 4 or 8 bytes.
  uintptr_t length;
  // The reads that change nothing yet.
  atomic_int skipped;
  // What lay behind a word of 4 bytes when it changed; 0 if that is on another page.
  atomic_uint behind;
};

// What a thread does between the fault and the trap behind the instruction.
struct step {
  uintptr_t pages[MOST_PAGES];
  int page_count;
  struct trap *read;
};

static struct trap traps[MOST_TRAPS];
static _Thread_local struct step step;
static pthread_once_t handler_once = PTHREAD_ONCE_INIT;
static struct sigaction previous;

static uintptr_t page_of(uintptr_t address) { return address & ~(PAGE - 1); }

static int is_closed(uintptr_t page) {
  for (int i = 0; i < MOST_TRAPS; i++) {
    if (atomic_load(&traps[i].state) == ARMED && page_of(atomic_load(&traps[i].word)) == page) return 1;
  }
  return 0;
}

static struct trap *trap_on(uintptr_t address) {
  for (int i = 0; i < MOST_TRAPS; i++) {
    uintptr_t word = atomic_load(&traps[i].word);
    if (atomic_load(&traps[i].state) == ARMED && address >= word && address < word + traps[i].length) return &traps[i];
  }
  return NULL;
}

int read_trap_on_fault(uintptr_t address, void *context) {
  uintptr_t page = page_of(address);
  if (step.page_count == MOST_PAGES || !is_closed(page)) return 0;
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  int is_write = (registers[REG_ERR] & 2) != 0;
  if (!is_write && step.read == NULL) step.read = trap_on(address);
  step.pages[step.page_count++] = page;
  mprotect((void *)page, PAGE, PROT_READ | PROT_WRITE);
  registers[REG_EFL] |= TRAP_FLAG;
  return 1;
}

static void on_step(int number, siginfo_t *info, void *context) {
  if (step.page_count == 0) {
    if (previous.sa_flags & SA_SIGINFO) {
      previous.sa_sigaction(number, info, context);
    } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
      previous.sa_handler(number);
    } else {
      // Not ours: it ends the process as it would have.
      sigaction(SIGTRAP, &previous, NULL);
      raise(SIGTRAP);
    }
    return;
  }
  ((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
  if (step.read != NULL && atomic_fetch_sub(&step.read->skipped, 1) > 0) step.read = NULL;
  if (step.read != NULL) {
    void *word = (void *)atomic_load(&step.read->word);
    if (step.read->length == 8) {
      atomic_store((_Atomic uint64_t *)word, step.read->value);
    } else {
      // The word behind the last one of a page may not be there to be read.
      uintptr_t behind = (uintptr_t)word + 4;
      int is_on_page = page_of(behind) == page_of((uintptr_t)word);
      atomic_store(&step.read->behind, is_on_page ? atomic_load((_Atomic uint32_t *)behind) : 0);
      atomic_store((_Atomic uint32_t *)word, (uint32_t)step.read->value);
    }
    atomic_store(&step.read->state, FIRED);
    step.read = NULL;
  }
  for (int i = 0; i < step.page_count; i++) {
    if (is_closed(step.pages[i])) mprotect((void *)step.pages[i], PAGE, PROT_NONE);
  }
  step.page_count = 0;
}

static void install_handler(void) {
  struct sigaction action;
  memset(&action, 0, sizeof(action));
  action.sa_sigaction = on_step;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  sigaction(SIGTRAP, &action, &previous);
}

int read_trap_arm(void *word, uint64_t value, int length, int skipped) {
  guarded_memory_install_handler();
  pthread_once(&handler_once, install_handler);
  if ((length != 4 && length != 8) || (uintptr_t)word % (uintptr_t)length != 0) return -EINVAL;
  for (int i = 0; i < MOST_TRAPS; i++) {
    int unused = UNUSED;
    if (!atomic_compare_exchange_strong(&traps[i].state, &unused, CLAIMED)) continue;
    atomic_store(&traps[i].word, (uintptr_t)word);
    traps[i].value = value;
    traps[i].length = (uintptr_t)length;
    atomic_store(&traps[i].skipped, skipped);
    atomic_store(&traps[i].state, ARMED);
    if (mprotect((void *)page_of((uintptr_t)word), PAGE, PROT_NONE) == 0) return i;
    atomic_store(&traps[i].state, UNUSED);
    return -errno;
  }
  return -ENOSPC;
}

int read_trap_has_fired(int number, uint32_t *behind) {
  if (number < 0 || number >= MOST_TRAPS || atomic_load(&traps[number].state) != FIRED) return 0;
  *behind = atomic_load(&traps[number].behind);
  return 1;
}

int read_trap_disarm(int number) {
  if (number < 0 || number >= MOST_TRAPS) return 0;
  struct trap *trap = &traps[number];
  uintptr_t page = page_of(atomic_load(&trap->word));
  int has_fired = atomic_exchange(&trap->state, CLAIMED) == FIRED;
  if (!has_fired && !is_closed(page)) mprotect((void *)page, PAGE, PROT_READ | PROT_WRITE);
  atomic_store(&trap->state, UNUSED);
  return has_fired;
}

static int is_offered;
static pthread_once_t offer_once = PTHREAD_ONCE_INIT;

// A word that becomes 2 when it is read, and its neighbour, which is read first and changes nothing.
static void try_out(void) {
  void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return;
  _Atomic uint64_t *words = page;
  atomic_store(&words[0], 1);
  int number = read_trap_arm(page, 2, 8, 0);
  if (number >= 0) {
    uint64_t neighbour = atomic_load(&words[1]);
    uint64_t first = atomic_load(&words[0]);
    uint64_t second = atomic_load(&words[0]);
    int has_fired = read_trap_disarm(number);
    is_offered = has_fired && neighbour == 0 && first == 1 && second == 2;
  }
  munmap(page, PAGE);
}

int read_trap_is_offered(void) {
  pthread_once(&offer_once, try_out);
  return is_offered;
}

#else

// Elsewhere an instruction cannot be made alone without the help of another process.
int read_trap_on_fault(uintptr_t address, void *context) {
  (void)address;
  (void)context;
  return 0;
}

int read_trap_is_offered(void) { return 0; }

int read_trap_arm(void *word, uint64_t value, int length, int skipped) {
  (void)word;
  (void)value;
  (void)length;
  (void)skipped;
  return -ENOTSUP;
}

int read_trap_has_fired(int number, uint32_t *behind) {
  (void)number;
  (void)behind;
  return 0;
}

int read_trap_disarm(int number) {
  (void)number;
  return 0;
}

#endif
