#pragma once

#include "ReadTrap.h"

#include <stddef.h>
#include <stdint.h>

/// Memory that is mapped twice, writable and read-only, each between pages that nobody may touch.
struct guarded_memory {
  unsigned char *_Null_unspecified writable;
  unsigned char *_Null_unspecified readonly;
  size_t size;
};

/// One access that the mapping forbids.
struct guarded_fault {
  uintptr_t address;
  int is_write;
};

/// Maps `size` bytes, a multiple of the page size. Returns 0 or -errno.
int guarded_memory_map(size_t size, struct guarded_memory *_Nonnull memory);

/// Makes `length` bytes at `offset`, both multiples of the page size, inaccessible in both mappings.
int guarded_memory_forbid(const struct guarded_memory *_Nonnull memory, size_t offset, size_t length);

/// Removes the mappings.
void guarded_memory_unmap(const struct guarded_memory *_Nonnull memory);

/// Takes a forbidden access to `memory` that has not been taken yet. Returns 1 if there was one.
///
/// The process survives such an access because the page is opened for it, and stays open: memory
/// with a fault is to be unmapped and mapped anew.
int guarded_memory_take_fault(
    const struct guarded_memory *_Nonnull memory, struct guarded_fault *_Nonnull fault);
