// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// One function of each type that every kernel loads, some of them broken on purpose.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

volatile const __u32 step = 1;

static __always_inline void hit(void)
{
	__u32 key = 0;
	__u64 *count = bpf_map_lookup_elem(&hits, &key);

	if (count)
		__sync_fetch_and_add(count, step);
}

SEC("xdp")
int count_xdp(struct xdp_md *ctx)
{
	hit();
	return XDP_PASS;
}

SEC("tc")
int count_tc(struct __sk_buff *skb)
{
	hit();
	return -1; /* TCX_NEXT, TC_ACT_UNSPEC */
}

SEC("tracepoint/syscalls/sys_enter_getpgid")
int count_tracepoint(void *ctx)
{
	hit();
	return 0;
}

SEC("uprobe")
int count_uprobe(void *ctx)
{
	hit();
	return 0;
}

SEC("uretprobe")
int count_uretprobe(void *ctx)
{
	hit();
	return 0;
}

SEC("fentry/do_nothing")
int watch_function(void *ctx)
{
	return 0;
}

SEC("xdp")
int reads_past_the_packet(struct xdp_md *ctx)
{
	return *(__u32 *)(long)ctx->data;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
