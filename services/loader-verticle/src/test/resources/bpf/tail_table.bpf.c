// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// a tail call table filled by the object itself
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
int step_one(struct xdp_md *c); int step_two(struct xdp_md *c);
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 4); __uint(key_size, 4);
  __array(values, int (void *)); } steps SEC(".maps") = { .values = { [0] = (void *)&step_one, [2] = (void *)&step_two } };
__u64 reached[3];
SEC("xdp") int entry(struct xdp_md *c) { reached[0]++; bpf_tail_call(c, &steps, 0); return XDP_ABORTED; }
SEC("xdp") int step_one(struct xdp_md *c) { reached[1]++; bpf_tail_call(c, &steps, 2); return XDP_ABORTED; }
SEC("xdp") int step_two(struct xdp_md *c) { reached[2]++; return XDP_PASS; }
char _license[] SEC("license") = "GPL";
