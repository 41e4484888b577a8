#pragma once

#include <stddef.h>
#include <stdint.h>

/// What is made of chains where the protocol leaves it open.
struct baseline_xen_policy {
  uint32_t data_slot_limit;
  uint32_t fatal_data_slots;
  uint16_t least_first_fragment;
  /// Whether a chain that ends too early, and bytes beyond a page, are fatal; errors otherwise.
  int fatal_short_chain;
  int fatal_violation;
  uint8_t last_known_extra;
  int refuses_repeated_extras;
};

/// What a pass over a ring came to.
struct baseline_xen_sums {
  uint64_t packets;
  uint64_t refusals;
  /// The bytes in the first fragments of packets.
  uint64_t first_bytes;
};

/// Looks for packets in `count` slots of a transmit ring's page from index `first` on, `rounds` times.
struct baseline_xen_sums baseline_xen_parse(
    const void *_Nonnull page, uint32_t first, uint32_t count,
    const struct baseline_xen_policy *_Nonnull policy, long rounds);
