package io.bpfman.cli.program;

import io.bpfman.model.ProgramType;
import java.util.Arrays;
import java.util.List;

/** bpfman's words for what the kernel numbers (linux/bpf.h): lower case, without separators. */
public final class KernelTypes {
  private static final List<String> PROGRAMS =
      List.of(
          "unspecifiedprogram",
          "socketfilter",
          "kprobe",
          "schedcls",
          "schedact",
          "tracepoint",
          "xdp",
          "perfevent",
          "cgroupskb",
          "cgroupsock",
          "lwtin",
          "lwtout",
          "lwtxmit",
          "sockops",
          "skskb",
          "cgroupdevice",
          "skmsg",
          "rawtracepoint",
          "cgroupsockaddr",
          "lwtseg6local",
          "lircmode2",
          "skreuseport",
          "flowdissector",
          "cgroupsysctl",
          "rawtracepointwritable",
          "cgroupsockopt",
          "tracing",
          "structops",
          "extension",
          "lsm",
          "sklookup",
          "syscall",
          "netfilter");

  private static final List<String> MAPS =
      List.of(
          "unspecifiedmap",
          "hash",
          "array",
          "programarray",
          "perfeventarray",
          "percpuhash",
          "percpuarray",
          "stacktrace",
          "cgrouparray",
          "lruhash",
          "lrucpuhash",
          "lpmtrie",
          "arrayofmaps",
          "hashofmaps",
          "devmap",
          "sockmap",
          "cpumap",
          "xskmap",
          "sockhash",
          "cgroupstorage",
          "reuseportsockarray",
          "percpucgroupstorage",
          "queue",
          "stack",
          "skstorage",
          "devmaphash",
          "structopsmap",
          "ringbuf",
          "inodestorage",
          "taskstorage",
          "bloomfilter",
          "userringbuf",
          "cgroupstorage",
          "arena");

  private KernelTypes() {}

  /** Word for a bpf_prog_type, or the number. */
  public static String kernelName(int type) {
    return word(PROGRAMS, type);
  }

  /** Word for a bpf_map_type, or the number. */
  static String mapName(int type) {
    return word(MAPS, type);
  }

  private static String word(List<String> words, int number) {
    return number >= 0 && number < words.size() ? words.get(number) : Integer.toString(number);
  }

  /**
   * The command line's word for a program of which only the kernel tells: where several types are
   * one to the kernel, its own word.
   */
  static String commandLineName(int type) {
    List<ProgramType> possible =
        Arrays.stream(ProgramType.values()).filter(known -> known.kernelNumber() == type).toList();
    return possible.size() == 1 ? possible.getFirst().cliName() : kernelName(type);
  }
}
