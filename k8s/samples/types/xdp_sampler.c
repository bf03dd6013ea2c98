/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts one frame in so many, of those that are long enough. Both numbers come from outside at load. */
#include "../counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* One frame in this many is counted; 1 counts all. */
const volatile __u32 every = 1;

/* Shorter frames are left out, bytes. */
const volatile __u32 minimum_length = 0;

ONE_SLOT(seen, __u64);
ONE_SLOT(packets, struct traffic);

SEC("xdp")
int xdp_sampler(struct xdp_md *frame)
{
	__u32 length = frame->data_end - frame->data;
	__u32 slot = 0;
	__u64 *counted = bpf_map_lookup_elem(&seen, &slot);

	if (!counted || length < minimum_length)
		return XDP_PASS;
	(*counted)++;
	if (every && *counted % every == 0)
		count_packet(&packets, length);
	return XDP_PASS;
}
