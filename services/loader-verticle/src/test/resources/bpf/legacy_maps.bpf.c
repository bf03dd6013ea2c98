// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// map definition of the old kind, section "maps"
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct old_map_def { unsigned type, key_size, value_size, max_entries, map_flags; };
struct old_map_def SEC("maps") packets = { BPF_MAP_TYPE_ARRAY, 4, 8, 1, 0 };
SEC("xdp") int old_style(struct xdp_md *c) { __u32 k = 0; __u64 *v = bpf_map_lookup_elem(&packets, &k); if (v) (*v)++; return XDP_PASS; }
char _license[] SEC("license") = "GPL";
