#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "CBaselineNetmap.h"
#include "CBaselineXen.h"

/// Enters a network namespace of the process's own. Returns 0 or -errno.
int baseline_enter_namespace(void);

/// Opens a tap, with vnet headers of 10 bytes or without, and takes it up.
///
/// Returns the descriptor or -errno.
int baseline_open_tap(const char *_Nonnull name, int mtu, int with_header);

/// Takes an interface up and gives it an MTU. Returns 0 or -errno.
int baseline_configure(const char *_Nonnull name, int mtu);

/// Opens a packet socket bound to an interface, that receives nothing. Returns it or -errno.
int baseline_open_far_side(const char *_Nonnull name);

/// Sends a frame `count` times through the packet socket. Returns how many went out.
long baseline_inject(int socket, const void *_Nonnull frame, size_t length, long count);

/// Writes a frame `count` times. Returns the number of bytes.
long baseline_send(int tap, const struct iovec *_Nonnull elements, int element_count, long count);

/// Reads frames until none is waiting. Returns how many.
long baseline_receive(int tap, const struct iovec *_Nonnull elements, int element_count);

/// Copies the elements into one buffer, `count` times.
long baseline_gather(
    const struct iovec *_Nonnull elements, int element_count, void *_Nonnull target, size_t room,
    long count);

/// Copies one buffer into the elements, `count` times.
long baseline_scatter(
    const struct iovec *_Nonnull elements, int element_count, const void *_Nonnull source,
    size_t length, long count);

/// What a program took.
struct baseline_usage {
  /// The time from start to end, in nanoseconds.
  uint64_t nanoseconds;
  /// The most memory it held at once, in KiB.
  long peak_memory;
  /// Its exit status; -1 if a signal ended it.
  int status;
};

/// Runs a program with its output thrown away. Returns 0 or -errno.
///
/// The arguments are words with a space between; at most 15 of them, 255 bytes in all.
int baseline_run(
    const char *_Nonnull path, const char *_Nonnull arguments,
    struct baseline_usage *_Nonnull usage);
