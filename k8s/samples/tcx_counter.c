/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/*
 * Two links of one chain. The first passes each packet on to the next program of the hook, the second ends the chain and
 * lets the packet through. Attached in the wrong order, the first would see nothing.
 *
 * The section is "tc" because libbpf before 1.3 does not know "tcx/ingress"; where the program goes is said when it is attached.
 */
#include "counter.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Return codes of a TCX program, enum tcx_action_base of linux/bpf.h since 6.6. */
#define CHAIN_NEXT (-1)
#define CHAIN_PASS 0

ONE_SLOT(first_packets, struct traffic);
ONE_SLOT(second_packets, struct traffic);

SEC("tc")
int tcx_first(struct __sk_buff *packet)
{
	count_packet(&first_packets, packet->len);
	return CHAIN_NEXT;
}

SEC("tc")
int tcx_second(struct __sk_buff *packet)
{
	count_packet(&second_packets, packet->len);
	return CHAIN_PASS;
}
