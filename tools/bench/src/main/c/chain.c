// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
// What a packet pays for a chain: BPF_PROG_TEST_RUN of one program alone, behind our dispatcher, and behind one of libxdp's design.
// usage: chain OUR_DISPATCHER.o STUB_DISPATCHER.o MEMBER.o REPEAT
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 9
/* Where the kernel puts a program decides, too, what calling it costs, under an emulator above all: each chain is loaded this often. */
#define LOADS 7
#define MOST 32

static void check(int bad, const char *what)
{
	if (bad) {
		perror(what);
		exit(1);
	}
}

/* Nanoseconds of one run: the least of some rounds, as others disturb in one direction only. */
static unsigned run(int program, int repeat)
{
	char packet[64] = {0}, out[256];
	unsigned least = ~0u;

	for (int i = 0; i < ROUNDS; i++) {
		LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet), .data_out = out,
			    .data_size_out = sizeof(out), .repeat = repeat);

		check(bpf_prog_test_run_opts(program, &options) < 0, "test run");
		check(options.retval != 2, "verdict is not XDP_PASS");
		if (options.duration < least)
			least = options.duration;
	}
	return least;
}

static struct bpf_object *opened(const char *file, struct bpf_program **program)
{
	struct bpf_object *object = bpf_object__open_file(file, NULL);

	check(libbpf_get_error(object) != 0, file);
	*program = bpf_object__next_program(object, NULL);
	return object;
}

static unsigned alone(const char *member, int repeat)
{
	struct bpf_program *program;
	struct bpf_object *object = opened(member, &program);
	unsigned least;

	check(bpf_object__load(object) < 0, "load the program");
	least = run(bpf_program__fd(program), repeat);
	bpf_object__close(object);
	return least;
}

struct design {
	const char *file, *slot;
	size_t count_at, count_bytes, masks_at;
};

static struct bpf_object *dispatcher(const struct design *design, int members, struct bpf_program **program)
{
	struct bpf_object *object = opened(design->file, program);
	struct bpf_map *section = bpf_object__find_map_by_name(object, ".rodata");
	size_t size;
	char *config;
	unsigned all = ~0u;

	check(section == NULL, "find the configuration");
	config = (char *)bpf_map__initial_value(section, &size);
	check(config == NULL, "write the configuration");
	memcpy(config + design->count_at, &members, design->count_bytes);
	for (int i = 0; i < members; i++)
		memcpy(config + design->masks_at + 4 * i, &all, 4);
	check(bpf_object__load(object) < 0, "load the dispatcher");
	return object;
}

static unsigned chained_once(const struct design *design, const char *member, int members, int repeat)
{
	struct bpf_program *main_program, *program;
	struct bpf_object *object = dispatcher(design, members, &main_program), *copies[MOST];
	struct bpf_link *links[MOST];
	unsigned least;

	for (int i = 0; i < members; i++) {
		char slot[16];

		snprintf(slot, sizeof(slot), "%s%d", design->slot, i);
		copies[i] = opened(member, &program);
		bpf_program__set_type(program, BPF_PROG_TYPE_EXT);
		bpf_program__set_expected_attach_type(program, 0);
		check(bpf_program__set_attach_target(program, bpf_program__fd(main_program), slot) < 0, slot);
		check(bpf_object__load(copies[i]) < 0, "load a member");
		links[i] = bpf_program__attach_freplace(program, 0, NULL);
		check(libbpf_get_error(links[i]) != 0, "attach a member");
	}
	least = run(bpf_program__fd(main_program), repeat);
	for (int i = 0; i < members; i++) {
		bpf_link__destroy(links[i]);
		bpf_object__close(copies[i]);
	}
	bpf_object__close(object);
	return least;
}

static unsigned chained(const struct design *design, const char *member, int members, int repeat)
{
	unsigned least = ~0u;

	for (int i = 0; i < LOADS; i++) {
		unsigned took = chained_once(design, member, members, repeat);

		if (took < least)
			least = took;
	}
	return least;
}

static void print(const char *what, int members, unsigned took, unsigned base)
{
	printf("%-24s %7d %8u %8.2f\n", what, members, took, base ? (double)took / base : 0);
	fflush(stdout);
}

int main(int count, char **words)
{
	static const int sizes[] = {1, 2, 5, 10};
	struct design ours = {.slot = "slot", .count_at = 0, .count_bytes = 4, .masks_at = 4};
	struct design stubs = {.slot = "prog", .count_at = 2, .count_bytes = 1, .masks_at = 4};
	unsigned base, own = 0;
	int repeat;

	check(count != 5, "usage: chain OUR_DISPATCHER.o STUB_DISPATCHER.o MEMBER.o REPEAT");
	ours.file = words[1];
	stubs.file = words[2];
	repeat = atoi(words[4]);
	printf("%-24s %7s %8s %8s\n", "what runs", "members", "ns/run", "x alone");
	base = alone(words[3], repeat);
	print("one program, directly", 1, base, base);
	for (int i = 0; i < 4; i++) {
		own = chained(&ours, words[3], sizes[i], repeat);
		print("our dispatcher", sizes[i], own, base);
	}
	unsigned theirs = chained(&stubs, words[3], 10, repeat);
	print("stub dispatcher", 10, theirs, base);
	printf("ours takes %.2f of the stub dispatcher with 10 members\n", theirs ? (double)own / theirs : 0);
	return 0;
}
