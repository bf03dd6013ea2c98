// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
// ring buffer that names the type of its records (what generated Go types need)
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct record { __u32 pid; __u8 comm[16]; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 1 << 16); __type(value, struct record); } records SEC(".maps");
SEC("tracepoint/sched/sched_process_exec") int on_exec(void *c) {
  struct record *r = bpf_ringbuf_reserve(&records, sizeof *r, 0);
  if (!r) return 0;
  r->pid = bpf_get_current_pid_tgid() >> 32; bpf_get_current_comm(r->comm, sizeof r->comm);
  bpf_ringbuf_submit(r, 0); return 0;
}
char _license[] SEC("license") = "GPL";
