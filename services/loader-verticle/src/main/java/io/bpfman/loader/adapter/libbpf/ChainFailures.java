package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.NetworkHooks.SlotOrder;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramRecord;
import java.util.List;

/** Explains why a program could not become a member of a chain. */
final class ChainFailures {
  private static final String OTHER_WAY =
      "attach one program to the hook, or use TCX (Linux 6.6), which takes several without a dispatcher";

  private ChainFailures() {}

  /**
   * @param warnings what libbpf said, most specific first; may be empty
   */
  static BpfmanException notLoaded(SlotOrder order, LoadRefused refusal, List<String> warnings) {
    Failure failure = explain(order, refusal, warnings);
    return new BpfmanException(failure, refusal);
  }

  private static Failure explain(SlotOrder order, LoadRefused refusal, List<String> warnings) {
    String program = name(order.program());
    if (refusal.stage() == LoadRefused.Stage.OPEN) {
      return new Failure(
          FailureCode.KERNEL_STATE_LOST,
          "%s cannot become a member of a chain: the copy of its object, %s, cannot be read: %s"
              .formatted(program, order.object(), Errno.describe(refusal.errno())),
          "unload the program and load it again",
          "");
    }
    if (!refusal.log().isBlank()) {
      return new Failure(
          FailureCode.VERIFIER_REJECTED,
          "%s runs alone but was rejected by the kernel's verifier as a member of a chain: %s"
              .formatted(program, VerifierWords.summary(refusal.log())),
          "its function must be global and take the context by its own type (struct xdp_md or __sk_buff)",
          refusal.log());
    }
    if (isUnsupported(refusal.errno())) {
      return unsupported(order, refusal.errno());
    }
    boolean untyped = warnings.stream().anyMatch(line -> line.contains("BTF"));
    return new Failure(
        untyped ? FailureCode.BYTECODE_INVALID : FailureCode.KERNEL_REFUSED,
        "%s cannot become a member of a chain: %s"
            .formatted(program, cause(refusal.errno(), warnings)),
        untyped
            ? "a member needs type information: compile it with clang -g"
            : KernelErrors.hint(refusal.errno()),
        "");
  }

  private static boolean isUnsupported(int errno) {
    return List.of(Errno.EPERM, Errno.EOPNOTSUPP, Errno.ENOTSUPP).contains(errno);
  }

  private static Failure unsupported(SlotOrder order, int errno) {
    return new Failure(
        FailureCode.KERNEL_UNSUPPORTED,
        "%s cannot share its hook: a chain needs freplace, which this kernel refuses: %s; %s"
            .formatted(name(order.program()), Errno.describe(errno), String.join("; ", lacks())),
        OTHER_WAY,
        "");
  }

  private static List<String> lacks() {
    List<String> reasons = KernelLacks.general();
    return reasons.isEmpty()
        ? List.of("it has type information and the daemon has its capabilities")
        : reasons;
  }

  private static String cause(int errno, List<String> warnings) {
    return warnings.isEmpty() ? Errno.describe(errno) : warnings.getFirst();
  }

  static BpfmanException notSeated(SlotOrder order, int errno) {
    if (isUnsupported(errno)) {
      return new BpfmanException(unsupported(order, errno), null);
    }
    return KernelErrors.refused(
        "put %s into slot %d of dispatcher %s"
            .formatted(name(order.program()), order.slot().number(), order.slot().dispatcherPin()),
        errno);
  }

  private static String name(ProgramRecord program) {
    return "program %s (\"%s\")".formatted(program.id(), program.spec().name());
  }
}
