/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/* Runs the XDP programs of one interface in order. */
#define CONTEXT struct xdp_md
/* What bpfman calls dispatcher_return. */
#define EMPTY_SLOT 31
#define NO_CONTEXT XDP_ABORTED
#define END_OF_CHAIN XDP_PASS
#define VERDICT_BIAS 0
#include "slots.h"

SEC("xdp")
int xdp_dispatcher(struct xdp_md *ctx)
{
	return run_chain(ctx);
}
