// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
// One map of each kind that is read by key, with types worth showing.
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

enum verdict { ALLOW = 0, DENY = 1 };

struct flow {
	__u32 address;
	__u16 port;
	__u16 kind : 4;
	__u16 rest : 12;
};

struct record {
	__u64 packets;
	__s32 delta;
	enum verdict verdict;
	char label[8];
	bool seen;
	union {
		__u32 word;
		__u8 bytes[4];
	};
};

struct prefix {
	__u32 prefixlen;
	__u8 data[4];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 200000);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct flow);
	__type(value, struct record);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __s64);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} cpu_slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} cpu_hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} recent SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 16);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix);
	__type(value, enum verdict);
} routes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 100000);
	__type(key, __u32);
	__type(value, __u64);
} large SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, 2);
} untyped SEC(".maps");

volatile const __u32 limit = 3;

SEC("xdp")
int touch(struct xdp_md *ctx)
{
	__u32 key = 0;
	struct flow flow = {};
	struct prefix prefix = {};
	void *found = bpf_map_lookup_elem(&flows, &flow);

	if (!found)
		found = bpf_map_lookup_elem(&slots, &key);
	if (!found)
		found = bpf_map_lookup_elem(&cpu_slots, &key);
	if (!found)
		found = bpf_map_lookup_elem(&cpu_hash, &key);
	if (!found)
		found = bpf_map_lookup_elem(&recent, &key);
	if (!found)
		found = bpf_map_lookup_elem(&routes, &prefix);
	if (!found)
		found = bpf_map_lookup_elem(&large, &key);
	if (!found)
		found = bpf_map_lookup_elem(&untyped, &key);
	return found && limit ? XDP_PASS : XDP_ABORTED;
}

#ifdef BROKEN
SEC("xdp")
int broken(struct xdp_md *ctx)
{
	__u8 *data = (__u8 *)(long)ctx->data;

	return data[64];
}
#endif

char LICENSE[] SEC("license") = "Dual BSD/GPL";
