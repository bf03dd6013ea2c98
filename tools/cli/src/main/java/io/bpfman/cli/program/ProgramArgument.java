package io.bpfman.cli.program;

import io.bpfman.model.NearNames;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code TYPE:NAME[:ATTACH_FUNC]}. */
final class ProgramArgument implements ITypeConverter<ProgramSpec> {
  @Override
  public ProgramSpec convert(String text) {
    List<String> parts = Arrays.asList(text.split(":", -1));
    if (parts.size() < 2 || parts.size() > 3 || parts.contains("")) {
      throw new TypeConversionException(
          "\"%s\" is not a program; give TYPE:NAME or TYPE:NAME:ATTACH_FUNC".formatted(text));
    }
    ProgramType type = type(parts.getFirst());
    return new ProgramSpec(parts.get(1), type, target(text, type, parts));
  }

  static ProgramType type(String name) {
    List<String> known = Arrays.stream(ProgramType.values()).map(ProgramType::cliName).toList();
    return ProgramType.ofCliName(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"%s\" is not a program type: %s".formatted(name, NearNames.list(known))));
  }

  private static @Nullable String target(String text, ProgramType type, List<String> parts) {
    if (type.needsLoadTarget() != (parts.size() == 3)) {
      throw new TypeConversionException(
          type.needsLoadTarget()
              ? "\"%s\" names no target; give %s:NAME:ATTACH_FUNC".formatted(text, type.cliName())
              : "\"%s\": only fentry, fexit and lsm take an ATTACH_FUNC".formatted(text));
    }
    return parts.size() == 3 ? parts.get(2) : null;
  }
}
