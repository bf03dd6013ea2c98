/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts returns from a function in user space, whichever function it is attached to. */
#include "../counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

ONE_SLOT(returns, __u64);

SEC("uretprobe")
int uretprobe_counter(void *registers)
{
	count_event(&returns);
	return 0;
}
