#include <string.h>

#include "CBaseline.h"

enum { SLOT_COUNT = 256, SLOT_SIZE = 12, HEADER_SIZE = 64, PAGE_SIZE = 4096 };
enum { MORE_DATA = 4, EXTRA_INFO = 8, MORE_EXTRAS = 1 };
enum { SEGMENTATION = 1, MULTICAST_ADD = 2, MULTICAST_DELETE = 3, EXTRA_TYPES = 6 };

/// A request to send, as netif.h has it.
struct request {
  uint32_t grant;
  uint16_t offset;
  uint16_t flags;
  uint16_t id;
  uint16_t size;
};

/// An extra slot, as netif.h has it.
struct extra {
  uint8_t type;
  uint8_t flags;
  uint8_t payload[6];
};

enum reason {
  NONE, MISSING_SLOT, UNKNOWN_EXTRA, REPEATED_EXTRA, TOO_MANY_SLOTS, UNDERFLOW, BEYOND_PAGE,
  SHORT_FIRST_FRAGMENT, EMPTY_SEGMENTS, UNKNOWN_SEGMENTATION,
};

/// The copies of a ring's slots, in which nobody else writes.
struct copies {
  uint8_t slots[SLOT_COUNT][SLOT_SIZE];
};

/// A packet, or why there is none.
struct chain {
  struct request head;
  uint16_t first_length;
  uint32_t slot_count;
  uint32_t extra_count;
  uint32_t types;
  struct extra extras[EXTRA_TYPES];
  enum reason reason;
  int is_fatal;
  /// The numbers that show what is wrong.
  uint32_t slot, found, allowed;
};

/// What is looked at.
struct scan {
  const uint8_t *page;
  uint32_t first;
  uint32_t count;
  const struct baseline_xen_policy *policy;
  struct copies *copies;
};

/// Copies a slot, each word of it read once, because the frontend may write on.
static inline const uint8_t *take(const struct scan *scan, struct chain *chain) {
  uint32_t position = chain->slot_count++;
  uint32_t slot = (scan->first + position) & (SLOT_COUNT - 1);
  const volatile uint32_t *from =
      (const volatile uint32_t *)(scan->page + HEADER_SIZE + slot * SLOT_SIZE);
  uint32_t words[3] = {from[0], from[1], from[2]};
  memcpy(scan->copies->slots[position], words, SLOT_SIZE);
  return scan->copies->slots[position];
}

static void note(
    struct chain *chain, enum reason reason, uint32_t slot, uint32_t found, uint32_t allowed) {
  if (chain->reason != NONE) return;
  chain->reason = reason;
  chain->slot = slot;
  chain->found = found;
  chain->allowed = allowed;
}

/// Returns whether nothing more is to be looked at.
static int fail(
    struct chain *chain, int is_fatal, enum reason reason, uint32_t slot, uint32_t found,
    uint32_t allowed) {
  if (is_fatal) {
    chain->reason = NONE;
    chain->is_fatal = 1;
  }
  note(chain, reason, slot, found, allowed);
  return is_fatal;
}

/// Returns whether nothing more is to be looked at.
static int take_extras(const struct scan *scan, struct chain *chain) {
  struct extra extra;
  do {
    uint32_t slot = chain->slot_count;
    if (slot == scan->count) {
      return fail(chain, scan->policy->fatal_short_chain, MISSING_SLOT, slot, 0, 0);
    }
    memcpy(&extra, take(scan, chain), sizeof extra);
    chain->extra_count++;
    if (extra.type == 0 || extra.type > scan->policy->last_known_extra) {
      if (fail(chain, scan->policy->fatal_violation, UNKNOWN_EXTRA, slot, extra.type, 0)) return 1;
      continue;
    }
    if (scan->policy->refuses_repeated_extras && (chain->types & 1u << extra.type)) {
      if (fail(chain, scan->policy->fatal_violation, REPEATED_EXTRA, slot, extra.type, 0)) return 1;
    }
    chain->types |= 1u << extra.type;
    chain->extras[extra.type] = extra;
  } while (extra.flags & MORE_EXTRAS);
  return 0;
}

/// Takes what the others have from the first request's size. Returns as above.
static inline int take_continuations(const struct scan *scan, struct chain *chain) {
  uint16_t remaining = chain->head.size;
  uint32_t data_slots = 1;
  struct request request;
  do {
    uint32_t slot = chain->slot_count;
    if (slot == scan->count) {
      return fail(chain, scan->policy->fatal_short_chain, MISSING_SLOT, slot, 0, 0);
    }
    data_slots++;
    if (data_slots > scan->policy->data_slot_limit) {
      int is_fatal = data_slots >= scan->policy->fatal_data_slots;
      if (fail(chain, is_fatal, TOO_MANY_SLOTS, slot, 0, scan->policy->data_slot_limit)) return 1;
    }
    memcpy(&request, take(scan, chain), sizeof request);
    if (request.size > remaining) note(chain, UNDERFLOW, slot, request.size, remaining);
    remaining -= request.size;
    if ((uint32_t)request.offset + request.size > PAGE_SIZE) {
      int is_fatal = scan->policy->fatal_violation;
      if (fail(chain, is_fatal, BEYOND_PAGE, slot, request.offset, request.size)) return 1;
    }
  } while (request.flags & MORE_DATA);
  chain->first_length = remaining;
  return 0;
}

static void check_end(const struct scan *scan, struct chain *chain) {
  const struct baseline_xen_policy *policy = scan->policy;
  uint32_t length = chain->first_length;
  if (length < policy->least_first_fragment) {
    note(chain, SHORT_FIRST_FRAGMENT, 0, length, policy->least_first_fragment);
  } else if (chain->head.offset + length > PAGE_SIZE) {
    fail(chain, policy->fatal_violation, BEYOND_PAGE, 0, chain->head.offset, length);
  } else if (chain->types & 1u << SEGMENTATION) {
    const uint8_t *payload = chain->extras[SEGMENTATION].payload;
    if ((payload[0] | payload[1]) == 0) {
      fail(chain, policy->fatal_violation, EMPTY_SEGMENTS, 0, 0, 0);
    } else if (payload[2] != 1 && payload[2] != 2) {
      fail(chain, policy->fatal_violation, UNKNOWN_SEGMENTATION, 0, payload[2], 0);
    }
  }
}

/// Looks at the chain that begins with the first slot; not inlined, as a backend would call it.
__attribute__((noinline)) static void parse(const struct scan *scan, struct chain *chain) {
  chain->slot_count = chain->extra_count = chain->types = 0;
  chain->reason = NONE;
  chain->is_fatal = 0;
  memcpy(&chain->head, take(scan, chain), sizeof chain->head);
  chain->first_length = chain->head.size;
  if (chain->head.flags & EXTRA_INFO && take_extras(scan, chain)) return;
  if (chain->types & (1u << MULTICAST_ADD | 1u << MULTICAST_DELETE)) return;
  if (chain->head.flags & MORE_DATA && take_continuations(scan, chain)) return;
  if (chain->reason == NONE) check_end(scan, chain);
}

struct baseline_xen_sums baseline_xen_parse(
    const void *page, uint32_t first, uint32_t count, const struct baseline_xen_policy *policy,
    long rounds) {
  static struct copies copies;
  struct baseline_xen_sums sums = {0};
  struct chain chain;
  for (long round = 0; round < rounds; round++) {
    struct scan scan = {page, first, count, policy, &copies};
    while (scan.count > 0) {
      parse(&scan, &chain);
      if (chain.reason == NONE) {
        sums.packets++;
        sums.first_bytes += chain.first_length;
      } else {
        sums.refusals++;
        if (chain.is_fatal) break;
      }
      scan.first += chain.slot_count;
      scan.count -= chain.slot_count;
    }
  }
  return sums;
}
