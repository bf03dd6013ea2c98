// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// an XDP program beside a struct_ops table that this kernel does not know
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct no_such_ops { int (*call)(int); char name[16]; };
SEC("struct_ops/call") int ops_call(void *c) { return 0; }
SEC(".struct_ops") struct no_such_ops table = { .call = (void *)ops_call, .name = "mine" };
SEC("xdp") int beside(struct xdp_md *c) { return 2; }
SEC("perf_event") int sampler(void *c) { return 0; }
SEC("kprobe.multi/vfs_*") int multi(void *c) { return 0; }
char _license[] SEC("license") = "GPL";
