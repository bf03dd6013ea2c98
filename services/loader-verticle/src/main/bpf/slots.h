/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * A chain of up to SLOTS programs, 10 or 32. Each slot is a global function that freplace
 * (BPF_PROG_TYPE_EXT) puts a program in place of. The loader fills in `chain` before it loads the
 * dispatcher; the verifier sees constants there and removes the calls of slots behind the last
 * member, but not the slots themselves: they cost memory, and distance between those in use.
 */
#ifndef BPFMAN_SLOTS_H
#define BPFMAN_SLOTS_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Written by DispatcherConfig.java; the layouts must agree. */
struct chain {
	__u32 members;
	/* Of each slot: bit (verdict + VERDICT_BIAS) set lets the next one run. */
	__u32 proceed[SLOTS];
};

const volatile struct chain chain;

/*
 * An empty slot. The verdict is volatile lest the compiler moves it into the caller, which would
 * then ignore what the program in the slot's place answers.
 */
#define SLOT(n)                                                                                    \
	__attribute__((noinline)) int slot##n(CONTEXT *ctx)                                        \
	{                                                                                          \
		volatile int verdict = EMPTY_SLOT;                                                 \
                                                                                                   \
		if (!ctx)                                                                          \
			return NO_CONTEXT;                                                         \
		return verdict;                                                                    \
	}

#define RUN(n)                                                                                     \
	if (members <= n)                                                                          \
		return END_OF_CHAIN;                                                               \
	verdict = slot##n(ctx);                                                                    \
	if (!(1U << ((verdict + VERDICT_BIAS) & 31) & chain.proceed[n]))                           \
		return verdict;

#define FIRST_SLOTS(each)                                                                          \
	each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7) each(8) each(9)
#define MORE_SLOTS(each)                                                                           \
	each(10) each(11) each(12) each(13) each(14) each(15) each(16) each(17) each(18) each(19)  \
	each(20) each(21) each(22) each(23) each(24) each(25) each(26) each(27) each(28) each(29)  \
	each(30) each(31)

#if SLOTS == 10
#define EACH_SLOT(each) FIRST_SLOTS(each)
#elif SLOTS == 32
#define EACH_SLOT(each) FIRST_SLOTS(each) MORE_SLOTS(each)
#else
#error "SLOTS must be 10 or 32"
#endif

EACH_SLOT(SLOT)

static __always_inline int run_chain(CONTEXT *ctx)
{
	__u32 members = chain.members;
	int verdict;

	EACH_SLOT(RUN)
	return END_OF_CHAIN;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#endif
