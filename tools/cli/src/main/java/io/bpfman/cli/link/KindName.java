package io.bpfman.cli.link;

import io.bpfman.cli.Candidates;
import io.bpfman.model.NearNames;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the kind of a link; return probes are links of the kind of their entry probes. */
final class KindName implements ITypeConverter<String> {
  private static final List<String> KINDS =
      List.of("xdp", "tc", "tcx", "tracepoint", "kprobe", "uprobe", "fentry", "fexit", "lsm");

  @Override
  public String convert(String text) {
    String kind =
        switch (text) {
          case "kretprobe" -> "kprobe";
          case "uretprobe" -> "uprobe";
          default -> text;
        };
    if (!KINDS.contains(kind)) {
      throw new TypeConversionException(
          "\"%s\" is not a kind of link: %s".formatted(text, NearNames.list(KINDS)));
    }
    return kind;
  }

  /** For completion. */
  static final class Words extends Candidates {
    Words() {
      super(KINDS);
    }
  }
}
