#pragma once

#include <stdint.h>

/// Has faults of this process looked at; once is enough.
void guarded_memory_install_handler(void);

/// Handles a fault at an address with a trap on its page. Returns 1 if there is one.
int read_trap_on_fault(uintptr_t address, void *context);
