// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// programs of every hook, two of them for the entries of maps
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u64); } packets SEC(".maps");
static int count(int verdict) { __u32 k = 0; __u64 *v = bpf_map_lookup_elem(&packets, &k); if (v) __sync_fetch_and_add(v, 1); return verdict; }
SEC("xdp") int x_pass(struct xdp_md *c) { return count(XDP_PASS); }
SEC("xdp.frags") int x_frags(struct xdp_md *c) { return count(XDP_PASS); }
SEC("xdp/cpumap") int x_cpumap(struct xdp_md *c) { return count(XDP_PASS); }
SEC("tc") int t_ok(struct __sk_buff *s) { return count(-1); }
SEC("tcx/ingress") int t_next(struct __sk_buff *s) { return count(-1); }
SEC("uprobe") int u_hit(void *c) { return count(0); }
SEC("uretprobe") int u_ret(void *c) { return count(0); }
SEC("tracepoint") int tp_hit(void *c) { return count(0); }
char _license[] SEC("license") = "GPL";
