// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// One program of each type; each counts its calls in a map that the programs of one load share.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

static __always_inline int hit(int answer)
{
	__u32 key = 0;
	__u64 *count = bpf_map_lookup_elem(&hits, &key);

	if (count)
		*count += 1;
	return answer;
}

SEC("xdp")
int count_xdp(struct xdp_md *ctx)
{
	return hit(XDP_PASS);
}

SEC("tc")
int count_tc(struct __sk_buff *skb)
{
	return hit(-1); /* TC_ACT_UNSPEC */
}

SEC("tcx/ingress")
int count_tcx(struct __sk_buff *skb)
{
	return hit(-1); /* TCX_NEXT */
}

SEC("tracepoint/sched/sched_process_exec")
int count_tracepoint(void *ctx)
{
	return hit(0);
}

SEC("kprobe")
int count_kprobe(void *ctx)
{
	return hit(0);
}

SEC("kretprobe")
int count_kretprobe(void *ctx)
{
	return hit(0);
}

SEC("uprobe")
int count_uprobe(void *ctx)
{
	return hit(0);
}

SEC("uretprobe")
int count_uretprobe(void *ctx)
{
	return hit(0);
}

SEC("fentry")
int count_fentry(void *ctx)
{
	return hit(0);
}

SEC("fexit")
int count_fexit(void *ctx)
{
	return hit(0);
}

SEC("lsm")
int count_lsm(void *ctx)
{
	return hit(0); /* allows what was asked for */
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
