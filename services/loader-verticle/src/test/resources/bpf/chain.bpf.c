// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
// Members of chains: each writes its number into a trace that all share, counts its runs, and answers the verdict that it was loaded with.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define NEXT 127

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 128);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__type(key, __u32);
	__type(value, __u32);
} trace SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} runs SEC(".maps");

volatile const __u32 member = 1;
volatile const __s32 verdict = 2;
__u64 total;

static int run(void)
{
	__u32 next = NEXT, zero = 0;
	__u32 *end = bpf_map_lookup_elem(&trace, &next);
	__u64 *count = bpf_map_lookup_elem(&runs, &zero);

	if (count)
		__sync_fetch_and_add(count, 1);
	__sync_fetch_and_add(&total, 1);
	if (end && *end < NEXT) {
		__u32 place = *end;
		__u32 *slot = bpf_map_lookup_elem(&trace, &place);

		if (slot)
			*slot = member;
		*end = place + 1;
	}
	return verdict;
}

SEC("xdp")
int chain_xdp(struct xdp_md *ctx)
{
	return run();
}

SEC("xdp.frags")
int chain_frags(struct xdp_md *ctx)
{
	return run();
}

SEC("tc")
int chain_tc(struct __sk_buff *skb)
{
	return run();
}

SEC("xdp")
int chain_untyped(void *ctx)
{
	return run();
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
