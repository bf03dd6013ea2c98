// SPDX-License-Identifier: Apache-2.0
// The same kernel work as the daemon's, in one native process without store and RPC: what no manager can beat.
// usage: floor OBJECT PIN_DIR INTERFACE LIBC ROUNDS KIND...; prints "<step> <kind> <microseconds>" lines.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TCX_INGRESS 46 /* BPF_TCX_INGRESS, linux/bpf.h since 6.6 */
#define WAIT_LIMIT_US 10000000

struct bench {
	const char *object, *pins, *libc;
	int ifindex;
};

static void fail(const char *what)
{
	fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static void report(const char *step, const char *kind, double since)
{
	printf("%s %s %.1f\n", step, kind, now_us() - since);
}

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

static struct bpf_object *load(const struct bench *b, const char *kind, struct bpf_program **found)
{
	struct bpf_object *object = bpf_object__open_file(b->object, NULL);
	struct bpf_program *program;
	char wanted[32], pin[PATH_MAX];

	if (!object)
		fail("open");
	snprintf(wanted, sizeof(wanted), "bench_%s", kind);
	bpf_object__for_each_program(program, object) {
		int is_wanted = !strcmp(bpf_program__name(program), wanted);

		bpf_program__set_autoload(program, is_wanted);
		if (is_wanted)
			*found = program;
	}
	if (bpf_object__load(object))
		fail("load");
	snprintf(pin, sizeof(pin), "%s/prog", b->pins);
	if (bpf_program__pin(*found, pin))
		fail("pin program");
	snprintf(pin, sizeof(pin), "%s/map", b->pins);
	if (bpf_map__pin(bpf_object__find_map_by_name(object, "hits"), pin))
		fail("pin map");
	return object;
}

static int attach_net(const struct bench *b, struct bpf_program *program, int type)
{
	int fd = bpf_link_create(bpf_program__fd(program), b->ifindex, type, NULL);

	if (fd < 0)
		fail("link");
	return fd;
}

/* Answers a descriptor that the caller owns. */
static int attach(const struct bench *b, struct bpf_program *program, const char *kind)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .func_name = "malloc");
	struct bpf_link *link;
	int fd;

	if (!strcmp(kind, "xdp"))
		return attach_net(b, program, BPF_XDP);
	if (!strcmp(kind, "tcx"))
		return attach_net(b, program, TCX_INGRESS);
	if (!strcmp(kind, "uprobe"))
		link = bpf_program__attach_uprobe_opts(program, -1, b->libc, 0, &opts);
	else
		link = bpf_program__attach_tracepoint(program, "syscalls", "sys_enter_getpgid");
	if (!link)
		fail("attach");
	fd = dup(bpf_link__fd(link));
	bpf_link__destroy(link);
	return fd;
}

static unsigned int link_id(int fd)
{
	struct bpf_link_info info = {};
	unsigned int size = sizeof(info);

	if (bpf_obj_get_info_by_fd(fd, &info, &size))
		fail("link info");
	return info.id;
}

static void detach(const char *pin)
{
	int fd = bpf_obj_get(pin), again;
	unsigned int id, waited = 0;

	if (fd < 0)
		fail("open link pin");
	id = link_id(fd);
	bpf_link_detach(fd); /* perf links answer EOPNOTSUPP and go with their last reference */
	unlink(pin);
	close(fd);
	while ((again = bpf_link_get_fd_by_id(id)) >= 0) {
		close(again);
		usleep(100);
		waited += 100;
		if (waited > WAIT_LIMIT_US)
			fail("link stays");
	}
}

static void round_of(const struct bench *b, const char *kind)
{
	struct bpf_program *program = NULL;
	char pin[PATH_MAX];
	double start = now_us();
	struct bpf_object *object = load(b, kind, &program);
	int link;

	report("load", kind, start);
	snprintf(pin, sizeof(pin), "%s/link", b->pins);
	start = now_us();
	link = attach(b, program, kind);
	if (bpf_obj_pin(link, pin))
		fail("pin link");
	close(link);
	report("attach", kind, start);
	bpf_object__close(object);
	start = now_us();
	detach(pin);
	report("detach", kind, start);
	start = now_us();
	snprintf(pin, sizeof(pin), "%s/prog", b->pins);
	unlink(pin);
	snprintf(pin, sizeof(pin), "%s/map", b->pins);
	unlink(pin);
	report("unload", kind, start);
}

int main(int argc, char **argv)
{
	struct bench b;
	int rounds, i, k;

	if (argc < 7) {
		fprintf(stderr, "usage: floor OBJECT PIN_DIR INTERFACE LIBC ROUNDS KIND...\n");
		return 2;
	}
	b.object = argv[1];
	b.pins = argv[2];
	b.ifindex = if_nametoindex(argv[3]);
	b.libc = argv[4];
	rounds = atoi(argv[5]);
	if (!b.ifindex)
		fail(argv[3]);
	libbpf_set_print(silent);
	for (i = 0; i < rounds; i++)
		for (k = 6; k < argc; k++)
			round_of(&b, argv[k]);
	return 0;
}
