// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
// Versions of one object: each counts its runs under its own number in a map that all of them declare alike. Compile with -DWIDE, -DLONGER or
// -DFLAGS for a second map of another layout, with -DBROKEN for a version that the verifier rejects.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
#ifdef LONGER
	__uint(max_entries, 9);
#else
	__uint(max_entries, 8);
#endif
#ifdef FLAGS
	__uint(map_flags, BPF_F_NO_PREALLOC);
#endif
	__type(key, __u32);
#ifdef WIDE
	__type(value, __u64);
#else
	__type(value, __u32);
#endif
} extra SEC(".maps");

volatile const __u32 version = 1;
volatile const __s32 verdict = 2;

static int count(void)
{
	__u32 key = version;
	__u64 *runs = bpf_map_lookup_elem(&hits, &key);

	bpf_map_lookup_elem(&extra, &key);
	if (runs)
		__sync_fetch_and_add(runs, 1);
#ifdef BROKEN
	*(volatile __u64 *)bpf_map_lookup_elem(&hits, &key) = 1;
#endif
	return verdict;
}

SEC("xdp")
int rep_xdp(struct xdp_md *ctx)
{
	return count();
}

SEC("tc")
int rep_tc(struct __sk_buff *skb)
{
	return count();
}

SEC("tracepoint/syscalls/sys_enter_getpgid")
int rep_tp(void *ctx)
{
	count();
	return 0;
}

SEC("uprobe")
int rep_up(void *ctx)
{
	count();
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
