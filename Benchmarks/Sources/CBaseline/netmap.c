#include <errno.h>
#include <string.h>
#include <sys/types.h>

#include "CBaseline.h"
#include "netmap.h"

/// Puts the elements into the slots from head on, one behind the other.
///
/// Source: bhyve net_backends.c, lines 521-599, without its warnings.
ssize_t send_frame(
    struct port *port, const struct iovec *elements, int element_count) {
  struct ring *ring = port->transmit;
  uint32_t head = ring->head;
  ssize_t total = 0;

  if (head == ring->tail) goto sync;
  char *target = buffer_of(ring, ring->slots[head].buffer);
  int room = ring->buffer_size;
  int filled = 0;

  for (int i = 0; i < element_count; i++) {
    int left = elements[i].iov_len;
    const char *source = elements[i].iov_base;
    total += left;
    for (;;) {
      int length = left < room ? left : room;
      memcpy(target, source, length);
      source += length;
      left -= length;
      target += length;
      room -= length;
      filled += length;
      if (left == 0) break;
      ring->slots[head].length = filled;
      ring->slots[head].flags = MORE_FRAGMENTS;
      head = next_slot(ring, head);
      if (head == ring->tail) goto sync;
      target = buffer_of(ring, ring->slots[head].buffer);
      room = ring->buffer_size;
      filled = 0;
    }
  }
  ring->slots[head].length = filled;
  ring->slots[head].flags = 0;
  head = next_slot(ring, head);
  ring->head = ring->cur = head;

sync:
  port->sync_transmit(port->descriptor);
  return total;
}

/// Adds up the lengths of the slots of the next frame.
///
/// Source: bhyve net_backends.c, lines 601-619.
ssize_t peek_length(struct port *port) {
  struct ring *ring = port->receive;
  uint32_t head = ring->head;
  ssize_t total = 0;
  while (head != ring->tail) {
    struct slot *slot = ring->slots + head;
    total += slot->length;
    if ((slot->flags & MORE_FRAGMENTS) == 0) break;
    head = next_slot(ring, head);
  }
  return total;
}

/// Copies the slots of the next frame into the elements, and releases them.
///
/// Source: bhyve net_backends.c, lines 621-686, without its warnings.
ssize_t receive_frame(
    struct port *port, const struct iovec *elements, int element_count) {
  struct ring *ring = port->receive;
  struct slot *slot;
  uint32_t head = ring->head;
  char *target = elements->iov_base;
  int room = elements->iov_len;
  ssize_t total = 0;

  do {
    if (head == ring->tail) return 0;
    slot = ring->slots + head;
    const char *source = buffer_of(ring, slot->buffer);
    int left = slot->length;
    for (;;) {
      int length = left < room ? left : room;
      memcpy(target, source, length);
      source += length;
      left -= length;
      target += length;
      room -= length;
      total += length;
      if (left == 0) break;
      elements++;
      element_count--;
      if (element_count == 0) return -ENOSPC;
      target = elements->iov_base;
      room = elements->iov_len;
    }
    head = next_slot(ring, head);
  } while (slot->flags & MORE_FRAGMENTS);

  ring->head = ring->cur = head;
  return total;
}
