package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Explains why an object could not be loaded. */
final class LoadFailures {
  private LoadFailures() {}

  /**
   * @param heard what libbpf said meanwhile
   */
  static BpfmanException explain(ObjectLoad request, LoadRefused refusal, Heard heard) {
    Failure failure =
        switch (refusal.stage()) {
          case OPEN -> unreadable(request, refusal, heard);
          case TARGET -> tracing(request, refusal, heard);
          case LOAD -> load(request, refusal, heard);
        };
    return new BpfmanException(failure, refusal);
  }

  private static Failure unreadable(ObjectLoad request, LoadRefused refusal, Heard heard) {
    boolean absent = refusal.errno() == Errno.ENOENT && !Files.exists(request.object());
    FailureCode code = absent ? FailureCode.BYTECODE_NOT_FOUND : FailureCode.BYTECODE_INVALID;
    return new Failure(
        code,
        "object %s cannot be opened: %s".formatted(request.object(), cause(refusal, heard)),
        "compile it with clang -O2 -g -target bpf",
        "");
  }

  private static Failure load(ObjectLoad request, LoadRefused refusal, Heard heard) {
    if (request.programs().stream().anyMatch(p -> p.type().needsLoadTarget())
        && isUnsupported(refusal.errno())) {
      return tracing(request, refusal, heard);
    }
    if (!refusal.log().isBlank()) {
      return rejected(request, refusal);
    }
    Optional<Failure> map = MapRefusal.explain(request.object(), refusal.errno(), heard);
    if (map.isPresent()) {
      return map.get();
    }
    return new Failure(
        FailureCode.KERNEL_REFUSED,
        "%s of %s cannot be loaded: %s"
            .formatted(subject(request, refusal), request.object(), cause(refusal, heard)),
        loadHint(refusal.errno(), heard),
        "");
  }

  private static String loadHint(int errno, Heard heard) {
    return heard.tellsOfALayout()
        ? "another object pinned a map of this name with another layout; rename the map or unload"
            + " the other object"
        : KernelErrors.hint(errno);
  }

  private static Failure rejected(ObjectLoad request, LoadRefused refusal) {
    return new Failure(
        FailureCode.VERIFIER_REJECTED,
        "program \"%s\" of %s was rejected by the kernel's verifier: %s"
            .formatted(refusal.program(), request.object(), VerifierWords.summary(refusal.log())),
        "the verifier log says at which instruction",
        refusal.log());
  }

  private static Failure tracing(ObjectLoad request, LoadRefused refusal, Heard heard) {
    ProgramSpec program =
        request.programs().stream()
            .filter(p -> p.type().needsLoadTarget())
            .filter(p -> refusal.program().isEmpty() || p.name().equals(refusal.program()))
            .findFirst()
            .orElse(request.programs().getFirst());
    String type = program.type().cliName();
    if (refusal.stage() == LoadRefused.Stage.TARGET && Files.exists(Path.of(KernelLacks.BTF))) {
      Optional<Failure> unknown = unknownTarget(program);
      if (unknown.isPresent()) {
        return unknown.get();
      }
    }
    return new Failure(
        FailureCode.KERNEL_UNSUPPORTED,
        "this kernel refuses program \"%s\" of type %s: %s; %s"
            .formatted(
                program.name(),
                type,
                Errno.describe(refusal.errno()),
                String.join("; ", KernelLacks.forTracing(program.type()))),
        "use a kernel that has it, or a tracepoint or uprobe instead",
        refusal.log());
  }

  /** Empty for an LSM program when the kernel has no hook at all. */
  private static Optional<Failure> unknownTarget(ProgramSpec program) {
    String target = Objects.requireNonNullElse(program.loadTarget(), "");
    boolean lsm = program.type() == ProgramType.LSM;
    List<String> near = lsm ? KernelFunctions.nearHooks(target) : KernelFunctions.near(target);
    if (lsm && near.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(
            FailureCode.SYMBOL_NOT_FOUND,
            "program \"%s\" of type %s names the %s \"%s\", which the kernel's BTF does not have; nearest: %s"
                .formatted(
                    program.name(),
                    program.type().cliName(),
                    lsm ? "hook" : "function",
                    target,
                    NearNames.list(near)),
            "list all of this kernel with: bpftool btf dump file " + KernelLacks.BTF,
            ""));
  }

  private static boolean isUnsupported(int errno) {
    return List.of(Errno.EPERM, Errno.EOPNOTSUPP, Errno.ENOTSUPP, Errno.ENOENT, Errno.ESRCH)
        .contains(errno);
  }

  private static String subject(ObjectLoad request, LoadRefused refusal) {
    if (!refusal.program().isEmpty()) {
      return "program \"" + refusal.program() + "\"";
    }
    List<String> names = new ArrayList<>();
    request.programs().forEach(p -> names.add("\"" + p.name() + "\""));
    return "programs " + String.join(", ", names);
  }

  /**
   * For EPERM libbpf blames the memlock limit, which recent kernels do not use, so its words are
   * left out.
   */
  private static String cause(LoadRefused refusal, Heard heard) {
    String errno = Errno.describe(refusal.errno());
    if (heard.warnings().isEmpty() || refusal.errno() == Errno.EPERM) {
      return errno;
    }
    boolean plain = refusal.errno() >= Errno.FIRST_OF_LIBBPF;
    return (plain ? "" : errno + ", ") + "libbpf says: " + heard.warnings().getFirst();
  }
}
