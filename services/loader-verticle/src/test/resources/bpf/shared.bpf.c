// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
// A map pinned by name. Compile with -DVALUE=__u32 for another layout of the same name.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#ifndef VALUE
#define VALUE __u64
#endif

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, VALUE);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} common SEC(".maps");

SEC("xdp")
int touch_common(struct xdp_md *ctx)
{
	__u32 key = 0;
	VALUE *value = bpf_map_lookup_elem(&common, &key);

	if (value)
		*value += 1;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
