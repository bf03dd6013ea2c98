// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// One small program of each benchmarked kind; all count into one array.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

static __always_inline void hit(void)
{
	__u32 key = 0;
	__u64 *count = bpf_map_lookup_elem(&hits, &key);

	if (count)
		__sync_fetch_and_add(count, 1);
}

SEC("xdp")
int bench_xdp(struct xdp_md *ctx)
{
	hit();
	return XDP_PASS;
}

SEC("tc")
int bench_tcx(struct __sk_buff *skb)
{
	hit();
	return -1; /* TCX_NEXT */
}

SEC("tracepoint/syscalls/sys_enter_getpgid")
int bench_tracepoint(void *ctx)
{
	hit();
	return 0;
}

SEC("uprobe")
int bench_uprobe(void *ctx)
{
	hit();
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
