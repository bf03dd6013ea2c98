// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0
// Global variables in every kind of section, and maps that cannot be walked.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct limits {
	__u32 low;
	__u32 high;
};

volatile const struct limits limits = {1, 9};
struct limits seen = {3, 4};
__u64 hits;
__u32 half;
char label[8];
__u8 buffer[5 << 20];
__u16 table[4] SEC(".data.table") = {1, 2, 3, 4};

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 2);
	__type(value, __u32);
} waiting SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK);
	__uint(max_entries, 2);
	__type(value, __u32);
} pile SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
	__uint(max_entries, 100);
	__type(value, __u32);
} known SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, 4);
	__uint(value_size, 4);
} next SEC(".maps");

struct mebibyte {
	__u64 words[1 << 17];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 24);
	__type(key, __u32);
	__type(value, struct mebibyte);
} large SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 5 << 20);
} too_large SEC(".maps");

SEC("xdp")
int count_hits(struct xdp_md *context)
{
	static __u32 calls;
	__u32 zero = 0;
	__u32 value = 1;

	hits++;
	half = calls++;
	label[hits & 7] = 'x';
	buffer[hits & 0xff]++;
	table[hits & 3]++;
	seen.low = limits.high;
	bpf_map_push_elem(&waiting, &value, BPF_ANY);
	bpf_map_push_elem(&pile, &value, BPF_ANY);
	bpf_map_push_elem(&known, &value, BPF_ANY);
	bpf_ringbuf_output(&ring, &value, sizeof(value), 0);
	bpf_perf_event_output(context, &events, BPF_F_CURRENT_CPU, &value, sizeof(value));
	bpf_map_lookup_elem(&large, &zero);
	bpf_map_lookup_elem(&too_large, &zero);
	bpf_tail_call(context, &next, 0);
	return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
