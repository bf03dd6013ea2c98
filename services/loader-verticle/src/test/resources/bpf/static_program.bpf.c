// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// a program whose function is local to the object (as in the example images that bpfman publishes): other loaders take it
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, __u64); } calls SEC(".maps");
static __attribute__((used)) SEC("uprobe/work") int count_calls(void *ctx)
{
  __u32 key = 0;
  __u64 *value = bpf_map_lookup_elem(&calls, &key);
  if (value)
    __sync_fetch_and_add(value, 1);
  return 0;
}
char _license[] SEC("license") = "GPL";
