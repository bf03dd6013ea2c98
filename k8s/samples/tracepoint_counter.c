/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts the programs that are started on the node: one event for each successful execve. */
#include "counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

ONE_SLOT(executions, __u64);

SEC("tracepoint/sched/sched_process_exec")
int tracepoint_counter(void *event)
{
	count_event(&executions);
	return 0;
}
