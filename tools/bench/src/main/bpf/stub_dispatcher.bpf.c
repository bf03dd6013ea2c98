// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// A dispatcher of the design that libxdp made known: ten stub functions that freplace puts programs in place of, a volatile result in each, and a
// test of the verdict against the slot's mask after each call. Only to be measured against ours.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define STUBS 10
#define EMPTY 31

struct config {
	__u8 magic;
	__u8 version;
	__u8 enabled;
	__u8 frags;
	__u32 proceed[STUBS];
	__u32 priorities[STUBS];
	__u32 flags[STUBS];
};

const volatile struct config config;

#define STUB(n)                                                                \
	__attribute__((noinline)) int prog##n(struct xdp_md *ctx)              \
	{                                                                      \
		volatile int result = EMPTY;                                   \
                                                                               \
		if (!ctx)                                                      \
			return XDP_ABORTED;                                    \
		return result;                                                 \
	}

#define CALL(n)                                                                \
	if (enabled < n + 1)                                                   \
		return XDP_PASS;                                               \
	verdict = prog##n(ctx);                                                \
	if (!(1U << verdict & config.proceed[n]))                              \
		return verdict;

#define EACH(x) x(0) x(1) x(2) x(3) x(4) x(5) x(6) x(7) x(8) x(9)

EACH(STUB)

SEC("xdp")
int stub_dispatcher(struct xdp_md *ctx)
{
	__u8 enabled = config.enabled;
	int verdict;

	EACH(CALL)
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
