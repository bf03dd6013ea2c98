/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Runs the TC programs of one direction of an interface in order. */
#include <linux/pkt_cls.h>

#define CONTEXT struct __sk_buff
/* What bpfman calls dispatcher_return. */
#define EMPTY_SLOT 30
#define NO_CONTEXT TC_ACT_UNSPEC
#define END_OF_CHAIN TC_ACT_OK
/* TC_ACT_UNSPEC is -1. */
#define VERDICT_BIAS 1
#include "slots.h"

SEC("tc")
int tc_dispatcher(struct __sk_buff *ctx)
{
	return run_chain(ctx);
}
