/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts every frame that an interface receives, before the kernel's network stack sees it. */
#include "counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

ONE_SLOT(packets, struct traffic);

SEC("xdp")
int xdp_counter(struct xdp_md *frame)
{
	count_packet(&packets, frame->data_end - frame->data);
	return XDP_PASS;
}
