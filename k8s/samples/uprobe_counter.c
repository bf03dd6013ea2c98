/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts calls of a function in user space, whichever function it is attached to. */
#include "counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

ONE_SLOT(calls, __u64);

SEC("uprobe")
int uprobe_counter(void *registers)
{
	count_event(&calls);
	return 0;
}
