// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// maps that the kernel refuses, one at a time (-DCASE=1..8): the error should name map, property and way out
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct wide { char bytes[40000]; };
#if CASE == 1
struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, __u32); __type(value, __u64); } counters SEC(".maps");
#elif CASE == 2
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 8); __type(key, __u64); __type(value, __u64); } counters SEC(".maps");
#elif CASE == 3
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 8); __type(key, __u64); __type(value, __u64); } counters SEC(".maps");
#elif CASE == 4
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __uint(map_flags, BPF_F_MMAPABLE); __type(key, __u32); __type(value, __u64); } counters SEC(".maps");
#elif CASE == 5
struct { __uint(type, 999); __uint(max_entries, 8); __type(key, __u32); __type(value, __u64); } counters SEC(".maps");
#elif CASE == 6
struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF); } counters SEC(".maps");
#elif CASE == 7
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 2); __uint(key_size, 4); __uint(value_size, 4); } counters SEC(".maps");
#else
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, struct wide); } counters SEC(".maps");
#endif
SEC("xdp") int use_counters(struct xdp_md *c) { __u64 k = 0; void *v = bpf_map_lookup_elem(&counters, &k); return v ? XDP_PASS : XDP_DROP; }
char _license[] SEC("license") = "GPL";
