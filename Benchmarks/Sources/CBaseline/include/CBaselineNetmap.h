#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

/// The most descriptors that stand for rings.
#define BASELINE_NETMAP_DESCRIPTORS 8

/// Lets a descriptor stand for two rings of netmap's layout in memory.
///
/// Returns 0, or -EBADF for a descriptor that is too large.
int baseline_netmap_bind(
    int descriptor, void *_Nonnull transmit_ring, void *_Nonnull receive_ring);

/// Hands all slots of a descriptor's ring to send from back to the program, as if the device had sent
/// every frame at once; what NIOCTXSYNC is to both sides of a comparison. Returns 0 or -EBADF.
int baseline_netmap_sync_transmit(int descriptor);

/// Gives every slot to receive from its part of a frame of `length` bytes, round and round the ring.
///
/// The number of slots must be a multiple of those of a frame. Returns the most frames that fit at once.
long baseline_netmap_prepare(int descriptor, size_t length);

/// Makes that many frames arrive in a ring that is empty, as if the device had filled their slots.
void baseline_netmap_arrive(int descriptor, long frames);

/// Sends a frame `count` times. Returns the number of bytes.
long baseline_netmap_send(
    int descriptor, const struct iovec *_Nonnull elements, int element_count, long count);

/// Looks `count` times how long the next frame is. Returns the sum.
long baseline_netmap_peek(int descriptor, long count);

/// Receives `count` frames, which have arrived. Returns the number of bytes.
long baseline_netmap_receive(
    int descriptor, const struct iovec *_Nonnull elements, int element_count, long count);

/// Sends a frame, looks how long the next one is, receives it; `count` times. Returns the bytes.
long baseline_netmap_exchange(
    int descriptor, const struct iovec *_Nonnull elements, int element_count, long count);

/// Copies frames from buffers that lie one behind the other to others that do.
void baseline_netmap_copy(
    const void *_Nonnull sources, void *_Nonnull targets, size_t stride, size_t length, long count);
