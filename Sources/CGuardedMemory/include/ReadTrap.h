#pragma once

#include <stdint.h>

// A change of memory that comes right after it was read the first time.
//
// The word's page is made inaccessible. Whoever touches it is stopped, the page is opened, and the one
// instruction is made again; then, if it was a read of the word, the word is changed, and otherwise
// the page is closed again.

/// Whether this machine can do it: 1 or 0. Tries it out the first time.
int read_trap_is_offered(void);

/// Has the `length` bytes at `word`, 4 or 8 at a multiple of that, become `value` right after they were
/// read, when `skipped` reads have changed nothing. Returns a number for `read_trap_disarm`, or -errno.
int read_trap_arm(void *_Nonnull word, uint64_t value, int length, int skipped);

/// Whether a trap on 4 bytes has changed them: 1 or 0. If so, `behind` becomes what the 4 bytes behind
/// them were then.
int read_trap_has_fired(int number, uint32_t *_Nonnull behind);

/// Ends a trap, whose memory must still be mapped. Returns 1 if the word was read and changed.
int read_trap_disarm(int number);
