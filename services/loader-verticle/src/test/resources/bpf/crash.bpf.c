// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
// Programs whose names no other test has, so that what is left of them in the kernel can be counted.
// Compile with -DSHARED for an object whose map is pinned by name.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#ifdef SHARED
#define MAP crash_common
#define FUNCTION(name) crash_shared_##name
#else
#define MAP crash_hits
#define FUNCTION(name) crash_##name
#endif

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
#ifdef SHARED
	__uint(pinning, LIBBPF_PIN_BY_NAME);
#endif
} MAP SEC(".maps");

volatile const __u32 step = 1;

static __always_inline void hit(void)
{
	__u32 key = 0;
	__u64 *count = bpf_map_lookup_elem(&MAP, &key);

	if (count)
		__sync_fetch_and_add(count, step);
}

SEC("xdp")
int FUNCTION(xdp)(struct xdp_md *ctx)
{
	hit();
	return XDP_PASS;
}

SEC("tc")
int FUNCTION(tc)(struct __sk_buff *skb)
{
	hit();
	return -1; /* TCX_NEXT, TC_ACT_UNSPEC */
}

SEC("tracepoint/syscalls/sys_enter_getpgid")
int FUNCTION(tp)(void *ctx)
{
	hit();
	return 0;
}

SEC("uprobe")
int FUNCTION(up)(void *ctx)
{
	hit();
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
