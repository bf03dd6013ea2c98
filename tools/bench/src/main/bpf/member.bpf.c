// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A program that only lets packets pass: what is measured is how it is called.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int member(struct xdp_md *ctx)
{
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
