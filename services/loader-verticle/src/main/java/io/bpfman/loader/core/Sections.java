package io.bpfman.loader.core;

import io.bpfman.model.ProgramType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Section names of BPF objects. */
public final class Sections {
  private static final Pattern OF_MAP_ENTRIES =
      Pattern.compile("[?]?xdp(?:[.]frags)?/(cpumap|devmap)");

  private Sections() {}

  /**
   * The program type that a section stands for; empty for sections that bpfman has no type for,
   * multi-attach probes among them. The part before the first slash decides, what follows is the
   * default attach point. A leading question mark (libbpf: not loaded unless asked for) does not
   * matter.
   */
  public static Optional<ProgramType> typeOf(String section) {
    String name = section.startsWith("?") ? section.substring(1) : section;
    int slash = name.indexOf('/');
    return switch (slash < 0 ? name : name.substring(0, slash)) {
      case "xdp", "xdp.frags" -> Optional.of(ProgramType.XDP);
      case "tc", "classifier" -> Optional.of(ProgramType.TC);
      case "tcx" -> Optional.of(ProgramType.TCX);
      case "tracepoint", "tp" -> Optional.of(ProgramType.TRACEPOINT);
      case "kprobe" -> Optional.of(ProgramType.KPROBE);
      case "kretprobe" -> Optional.of(ProgramType.KRETPROBE);
      case "uprobe", "uprobe.s" -> Optional.of(ProgramType.UPROBE);
      case "uretprobe", "uretprobe.s" -> Optional.of(ProgramType.URETPROBE);
      case "fentry", "fentry.s" -> Optional.of(ProgramType.FENTRY);
      case "fexit", "fexit.s" -> Optional.of(ProgramType.FEXIT);
      case "lsm", "lsm.s" -> Optional.of(ProgramType.LSM);
      default -> Optional.empty();
    };
  }

  /**
   * "cpumap" or "devmap" for XDP programs that the kernel runs for the entries of such a map and on
   * no interface; empty for all others.
   */
  static Optional<String> entryMapOf(String section) {
    Matcher matcher = OF_MAP_ENTRIES.matcher(section);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether an XDP program of this section takes packets of several fragments. */
  static boolean takesFragments(String section) {
    String name = section.startsWith("?") ? section.substring(1) : section;
    return name.equals("xdp.frags") || name.startsWith("xdp.frags/");
  }
}
