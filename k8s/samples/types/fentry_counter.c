/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts calls of a kernel function, and returns from it, by its type information: cheaper than probes. */
#include "../counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

ONE_SLOT(calls, __u64);
ONE_SLOT(returns, __u64);

SEC("fentry")
int fentry_counter(void *arguments)
{
	count_event(&calls);
	return 0;
}

SEC("fexit")
int fexit_counter(void *arguments)
{
	count_event(&returns);
	return 0;
}
