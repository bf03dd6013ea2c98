package io.bpfman.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Program types, with the numbers and spellings that each interface uses. */
public enum ProgramType {
  XDP(0, 6, "XDP", Family.XDP),
  TC(1, 3, "TC", Family.SCHED_CLS),
  TCX(7, 3, "TCX", Family.SCHED_CLS),
  TRACEPOINT(2, 5, "TracePoint", Family.TRACEPOINT),
  KPROBE(3, 2, "KProbe", Family.KPROBE),
  KRETPROBE(3, 2, "KRetProbe", Family.KPROBE),
  UPROBE(4, 2, "UProbe", Family.UPROBE),
  URETPROBE(4, 2, "URetProbe", Family.UPROBE),
  FENTRY(5, 26, "FEntry", Family.FENTRY),
  FEXIT(6, 26, "FExit", Family.FEXIT),
  LSM(8, 29, "LSM", Family.LSM);

  /** Types of one family accept the same ELF sections. */
  public enum Family {
    XDP,
    SCHED_CLS,
    TRACEPOINT,
    KPROBE,
    UPROBE,
    FENTRY,
    FEXIT,
    LSM
  }

  private final int wireNumber;
  private final int kernelNumber;
  private final String resourceName;
  private final Family family;

  ProgramType(int wireNumber, int kernelNumber, String resourceName, Family family) {
    this.wireNumber = wireNumber;
    this.kernelNumber = kernelNumber;
    this.resourceName = resourceName;
    this.family = family;
  }

  /** Number of bpfman.v1.BpfmanProgramType; return probes share that of their entry probe. */
  public int wireNumber() {
    return wireNumber;
  }

  /** bpf_prog_type of linux/bpf.h. */
  public int kernelNumber() {
    return kernelNumber;
  }

  /** Spelling in the custom resources. */
  public String resourceName() {
    return resourceName;
  }

  public Family family() {
    return family;
  }

  /** Spelling on the command line: lower case. */
  public String cliName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the target is fixed when the program is loaded. */
  public boolean needsLoadTarget() {
    return this == FENTRY || this == FEXIT || this == LSM;
  }

  /** Whether several programs of this type share a hook through a dispatcher. */
  public boolean takesDispatcher() {
    return this == XDP || this == TC;
  }

  public boolean isReturnProbe() {
    return this == KRETPROBE || this == URETPROBE;
  }

  /** Whether {@code other} is the return probe of this entry probe. */
  public boolean isEntryOf(ProgramType other) {
    return other.isReturnProbe() && other.family == family && !isReturnProbe();
  }

  public static Optional<ProgramType> ofResourceName(String name) {
    return Arrays.stream(values()).filter(type -> type.resourceName.equals(name)).findFirst();
  }

  public static Optional<ProgramType> ofCliName(String name) {
    return Arrays.stream(values())
        .filter(type -> type.cliName().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** The entry-probe type for 3 and 4; which of both it is says the ELF section. */
  public static Optional<ProgramType> ofWireNumber(int number) {
    return Arrays.stream(values())
        .filter(type -> type.wireNumber == number && !type.isReturnProbe())
        .findFirst();
  }
}
