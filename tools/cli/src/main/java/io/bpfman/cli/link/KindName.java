package io.bpfman.cli.link;

import io.bpfman.cli.Candidates;
import io.bpfman.model.NearNames;
import io.bpfman.model.ProgramType;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the kind of a link, which is called as the type of its program. */
final class KindName implements ITypeConverter<String> {
  private static final List<String> KINDS =
      Arrays.stream(ProgramType.values()).map(ProgramType::cliName).toList();

  @Override
  public String convert(String text) {
    if (!KINDS.contains(text)) {
      throw new TypeConversionException(
          "\"%s\" is not a kind of link: %s".formatted(text, NearNames.list(KINDS)));
    }
    return text;
  }

  /** For completion. */
  static final class Words extends Candidates {
    Words() {
      super(KINDS);
    }
  }
}
