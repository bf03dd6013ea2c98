// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
// Counters for each kind of hook, and programs that a kernel refuses.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} plain_hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

volatile const __u32 step = 1;
volatile __u32 extra;

static void count(__u32 slot)
{
	__u64 *value = bpf_map_lookup_elem(&hits, &slot);

	if (value)
		*value += step + extra;
}

SEC("xdp")
int count_xdp(struct xdp_md *ctx)
{
	count(0);
	return XDP_PASS;
}

SEC("tc")
int count_tc(struct __sk_buff *skb)
{
	count(1);
	return -1;
}

SEC("tcx/ingress")
int mark_packet(struct __sk_buff *skb)
{
	skb->mark = 77;
	count(2);
	return -1;
}

SEC("tcx/ingress")
int count_marked(struct __sk_buff *skb)
{
	if (skb->mark == 77)
		count(3);
	return -1;
}

SEC("tracepoint/sched/sched_process_exec")
int count_exec(void *ctx)
{
	__u32 key = 5;
	__u64 one = 1;

	bpf_map_update_elem(&plain_hash, &key, &one, BPF_ANY);
	count(4);
	return 0;
}

SEC("uprobe")
int count_call(void *ctx)
{
	count(5);
	return 0;
}

SEC("uretprobe")
int count_return(void *ctx)
{
	count(6);
	return 0;
}

SEC("xdp")
int out_of_bounds(struct xdp_md *ctx)
{
	__u8 *data = (__u8 *)(long)ctx->data;

	return data[64];
}

SEC("fentry")
int enter_function(void *ctx)
{
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
