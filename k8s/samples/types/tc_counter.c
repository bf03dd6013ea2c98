/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Counts every packet that leaves an interface, behind the kernel's network stack. */
#include "../counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* TC_ACT_PIPE of linux/pkt_cls.h: whatever comes next on the hook decides about the packet. */
#define NEXT 3

ONE_SLOT(packets, struct traffic);

SEC("tc")
int tc_counter(struct __sk_buff *packet)
{
	count_packet(&packets, packet->len);
	return NEXT;
}
