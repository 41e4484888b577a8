#pragma once

/// Whether allocations can be counted: not where a sanitizer has allocation for itself.
int allocation_count_works(void);

/// Begins to count the calling thread's allocations.
void allocation_count_begin(void);

/// Ends counting. Returns how many there were since it began.
unsigned long allocation_count_end(void);
