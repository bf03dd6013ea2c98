package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.KernelFeature;
import io.bpfman.loader.port.KernelFeature.Kind;
import io.bpfman.loader.port.KernelFeature.Support;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.ProgramType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the kernel what it supports: libbpf loads a program of two instructions or makes a small map
 * and lets go of it. One use.
 */
final class FeatureProbe {
  private static final int LOOPBACK = 1;
  private static final int EXT = 28;
  private static final Map<String, Integer> MAPS = new LinkedHashMap<>();

  static {
    MAPS.put("hash", 1);
    MAPS.put("array", 2);
    MAPS.put("percpu_hash", 5);
    MAPS.put("percpu_array", 6);
    MAPS.put("lru_hash", 9);
    MAPS.put("lru_percpu_hash", 10);
    MAPS.put("lpm_trie", 11);
    MAPS.put("queue", 22);
    MAPS.put("stack", 23);
    MAPS.put("ringbuf", 27);
    MAPS.put("bloom_filter", 30);
  }

  private final Natives natives;
  private final List<KernelFeature> found = new ArrayList<>();

  FeatureProbe(Natives natives) {
    this.natives = natives;
  }

  List<KernelFeature> all() {
    programs();
    links();
    MAPS.forEach(
        (name, type) ->
            add(
                Kind.MAP,
                name,
                answer(
                    natives.bpf().libbpf_probe_bpf_map_type(type, null),
                    "a trial map of this type")));
    file(Kind.OTHER, "btf", Path.of(KernelLacks.BTF), "CONFIG_DEBUG_INFO_BTF");
    return List.copyOf(found);
  }

  private void programs() {
    Answer tcx = tcx();
    for (ProgramType type : ProgramType.values()) {
      Answer loads = program(type.kernelNumber(), type.needsLoadTarget());
      Answer answer =
          switch (type) {
            case TCX -> loads.and(tcx);
            case KPROBE, KRETPROBE -> loads.and(events("kprobe"));
            case UPROBE, URETPROBE -> loads.and(events("uprobe"));
            case LSM -> loads.and(activeLsm());
            default -> loads;
          };
      add(Kind.PROGRAM, type.cliName(), answer);
    }
    add(Kind.PROGRAM, "freplace", program(EXT, true));
  }

  private void links() {
    add(Kind.LINK, "tcx", tcx());
    add(Kind.LINK, "kprobe_event", events("kprobe"));
    add(Kind.LINK, "uprobe_event", events("uprobe"));
  }

  private Answer program(int type, boolean byBtfId) {
    int result = natives.bpf().libbpf_probe_bpf_prog_type(type, null);
    return result < 0 && byBtfId && !Files.exists(Path.of(KernelLacks.BTF))
        ? Answer.no("there is no " + KernelLacks.BTF)
        : answer(result, "a trial program of this type");
  }

  private static Answer answer(int result, String trial) {
    return switch (result) {
      case 0 -> Answer.no("the kernel refuses " + trial);
      case 1 -> Answer.yes("the kernel takes " + trial);
      default ->
          new Answer(Support.UNKNOWN, trial + " could not be made: " + Errno.describe(-result));
    };
  }

  private Answer tcx() {
    try {
      int programs = new BpfSyscall(natives).tcxPrograms(LOOPBACK, AttachTypes.TCX_INGRESS).size();
      return Answer.yes("the TCX hook of lo answers (programs on it: " + programs + ")");
    } catch (BpfmanException refused) {
      return Answer.no("the TCX hook of lo does not answer: " + refused.failure().message());
    }
  }

  /** Perf events that a probe of this kind is attached through. */
  private static Answer events(String kind) {
    Path type = Path.of("/sys/bus/event_source/devices", kind, "type");
    return Files.exists(type)
        ? Answer.yes("%s is there".formatted(type))
        : Answer.no("%s is missing, so there are no %s events".formatted(type, kind));
  }

  private static Answer activeLsm() {
    Path list = Path.of("/sys/kernel/security/lsm");
    try {
      String active = Files.readString(list).strip();
      return List.of(active.split(",", -1)).contains("bpf")
          ? Answer.yes("bpf is in " + list)
          : Answer.no("bpf is not in %s (%s)".formatted(list, active));
    } catch (java.io.IOException unreadable) {
      return Answer.no("%s cannot be read: %s".formatted(list, unreadable.getMessage()));
    }
  }

  private void file(Kind kind, String name, Path path, String option) {
    add(
        kind,
        name,
        Files.exists(path)
            ? Answer.yes(path + " is there")
            : Answer.no("%s is missing (%s)".formatted(path, option)));
  }

  private void add(Kind kind, String name, Answer answer) {
    found.add(new KernelFeature(kind, name, answer.support(), answer.reason()));
  }

  private record Answer(Support support, String reason) {
    static Answer yes(String reason) {
      return new Answer(Support.YES, reason);
    }

    static Answer no(String reason) {
      return new Answer(Support.NO, reason);
    }

    /** The first that is not yes, else both reasons. */
    Answer and(Answer other) {
      if (support != Support.YES) {
        return this;
      }
      return other.support() == Support.YES ? yes(reason + "; " + other.reason()) : other;
    }
  }
}
