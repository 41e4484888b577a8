#pragma once

#include <sys/types.h>

#include "CBaseline.h"

enum { MORE_FRAGMENTS = 0x20 };

/// One slot, as netmap.h has it.
struct slot {
  uint32_t buffer;
  uint16_t length;
  uint16_t flags;
  uint64_t pointer;
};

/// One ring, as netmap.h has it.
struct ring {
  int64_t buffers;
  uint32_t slot_count;
  uint32_t buffer_size;
  uint16_t number;
  uint16_t direction;
  uint32_t head;
  uint32_t cur;
  uint32_t tail;
  uint8_t rest[256 - 32];
  struct slot slots[];
};

/// What a descriptor stands for.
struct port {
  int descriptor;
  /// What hands slots to the device; behind a pointer, as the other side has it behind a protocol.
  int (*sync_transmit)(int descriptor);
  struct ring *transmit;
  struct ring *receive;
  /// How many slots a frame that arrives takes.
  uint32_t fragments;
};

/// The ports by descriptor.
extern struct port baseline_netmap_ports[BASELINE_NETMAP_DESCRIPTORS];

ssize_t send_frame(struct port *port, const struct iovec *elements, int element_count);
ssize_t peek_length(struct port *port);
ssize_t receive_frame(struct port *port, const struct iovec *elements, int element_count);

static inline uint32_t next_slot(const struct ring *ring, uint32_t slot) {
  return slot + 1 == ring->slot_count ? 0 : slot + 1;
}

static inline char *buffer_of(struct ring *ring, uint32_t index) {
  return (char *)ring + ring->buffers + (size_t)index * ring->buffer_size;
}
