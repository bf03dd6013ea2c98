/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counting shared by the samples: one slot per CPU, so no atomic operation is needed. */
#ifndef BPFMAN_SAMPLES_COUNTER_H
#define BPFMAN_SAMPLES_COUNTER_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Value of the packet maps, in the node's byte order. */
struct traffic {
	__u64 packets;
	__u64 bytes;
};

/* A per-CPU array of one element. */
#define ONE_SLOT(map_name, value_type)                  \
	struct {                                        \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); \
		__uint(max_entries, 1);                 \
		__type(key, __u32);                     \
		__type(value, value_type);              \
	} map_name SEC(".maps")

static __always_inline void count_packet(void *map, __u64 length)
{
	__u32 slot = 0;
	struct traffic *seen = bpf_map_lookup_elem(map, &slot);

	if (seen) {
		seen->packets++;
		seen->bytes += length;
	}
}

static __always_inline void count_event(void *map)
{
	__u32 slot = 0;
	__u64 *seen = bpf_map_lookup_elem(map, &slot);

	if (seen)
		(*seen)++;
}

#endif
