/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts calls of a kernel function, and returns from it, through the kernel's probes. */
#include "../counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

ONE_SLOT(calls, __u64);
ONE_SLOT(returns, __u64);

SEC("kprobe")
int kprobe_counter(void *registers)
{
	count_event(&calls);
	return 0;
}

SEC("kretprobe")
int kretprobe_counter(void *registers)
{
	count_event(&returns);
	return 0;
}
