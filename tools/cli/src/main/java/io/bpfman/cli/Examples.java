package io.bpfman.cli;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** Command lines that the help shows; each one is understood as it stands. */
final class Examples {
  private static final Map<String, List<String>> BY_COMMAND =
      Map.ofEntries(
          of("apply", "apply -f app.yaml", "apply -f manifests/"),
          of("validate", "validate -f app.yaml"),
          of("delete", "delete xdp-counter", "delete -f app.yaml"),
          of("get applications", "get applications", "get applications xdp-counter -o json"),
          of("get programs", "get programs xdp-counter"),
          of("get links", "get links xdp-counter"),
          of(
              "program load file",
              "program load file app.o --programs xdp:count_packets",
              "program load file app.o --programs fentry:on_open:do_sys_openat2,kprobe:on_exit"
                  + " -g sampling=0x01000000"),
          of(
              "program load image",
              "program load image quay.io/bpfman-bytecode/xdp_pass:latest --programs xdp:pass"),
          of(
              "program list",
              "program list --type xdp,tcx",
              "program list --application xdp-counter -o json"),
          of("program get", "program get 42"),
          of("program unload", "program unload 42 43"),
          of("program replace", "program replace app.o --id 42 --programs xdp:count_packets"),
          of("link list", "link list --program-id 42"),
          of("link get", "link get 7"),
          of("link detach", "link detach 7 8"),
          of(
              "link attach xdp",
              "link attach xdp 42 eth0 --priority 50",
              "link attach xdp 42 eth0 --priority 50 --proceed-on pass,drop --netns"
                  + " /run/netns/blue"),
          of("link attach tc", "link attach tc 42 eth0 ingress --priority 50"),
          of("link attach tcx", "link attach tcx 42 eth0 egress --priority 50"),
          of("link attach tracepoint", "link attach tracepoint 42 sched/sched_process_exec"),
          of("link attach kprobe", "link attach kprobe 42 do_unlinkat"),
          of(
              "link attach uprobe",
              "link attach uprobe 42 libc --fn-name malloc",
              "link attach uprobe 42 /usr/bin/bash --fn-name readline --pid 4711"),
          of("link attach fentry", "link attach fentry 42"),
          of("link attach fexit", "link attach fexit 42"),
          of("link attach lsm", "link attach lsm 42"),
          of("dispatcher list", "dispatcher list --type xdp"),
          of("dispatcher get", "dispatcher get xdp 4026531840 2"),
          of("map list", "map list 42"),
          of("map dump", "map dump 42 packets", "map dump 42 packets -o json"),
          of("map lookup", "map lookup 42 routes '{\"prefixlen\":8,\"data\":[10,0,0,0]}'"),
          of("map update", "map update 42 limits 7 0x100"),
          of("map delete", "map delete 42 limits 7"),
          of("top", "top", "top --once -o json"),
          of("watch", "watch --kinds link,program"),
          of("check", "check app.o"),
          of("doctor", "doctor", "doctor --repair"),
          of("completion", "completion bash"));

  private Examples() {}

  /**
   * Without the word {@code bpfman}; empty for what needs none.
   *
   * @param command its words as in {@code link attach xdp}
   */
  static List<String> of(String command) {
    return BY_COMMAND.getOrDefault(command, List.of());
  }

  private static Map.Entry<String, List<String>> of(String command, String... lines) {
    return entry(command, List.of(lines));
  }
}
