package io.bpfman.cli.dispatcher;

import io.bpfman.proto.x.v1.Dispatcher;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The three words that name a dispatcher. */
final class DispatcherKey {
  static final List<String> TYPES = List.of("xdp", "tc-ingress", "tc-egress");

  @Parameters(
      index = "0",
      paramLabel = "TYPE",
      converter = TypeConverter.class,
      description = "xdp, tc-ingress or tc-egress.")
  private String type = "";

  @Parameters(
      index = "1",
      paramLabel = "NSID",
      converter = NsidConverter.class,
      description = "Inode number of the network namespace.")
  private long nsid;

  @Parameters(
      index = "2",
      paramLabel = "IFINDEX",
      converter = IfindexConverter.class,
      description = "Index of the interface.")
  private int ifindex;

  boolean names(Dispatcher dispatcher) {
    return dispatcher.getType().equals(type)
        && dispatcher.getNsid() == nsid
        && dispatcher.getIfindex() == ifindex;
  }

  @Override
  public String toString() {
    return "%s dispatcher on interface %s of network namespace %s"
        .formatted(type, Integer.toUnsignedString(ifindex), Long.toUnsignedString(nsid));
  }

  /** Reads a type. */
  static final class TypeConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!TYPES.contains(text)) {
        throw new TypeConversionException(
            "\"%s\" is not a dispatcher type: %s".formatted(text, String.join(", ", TYPES)));
      }
      return text;
    }
  }

  /** Reads an unsigned 64-bit number. */
  static final class NsidConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.parseUnsignedLong(text);
      } catch (NumberFormatException notOne) {
        TypeConversionException refused =
            new TypeConversionException(
                "\"%s\" is not the inode number of a network namespace".formatted(text));
        refused.initCause(notOne);
        throw refused;
      }
    }
  }

  /** Reads a positive number. */
  static final class IfindexConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int index = Integer.parseInt(text);
        if (index > 0) {
          return index;
        }
      } catch (NumberFormatException notOne) {
        TypeConversionException refused = refused(text);
        refused.initCause(notOne);
        throw refused;
      }
      throw refused(text);
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "\"%s\" is not an interface index (1 to 2147483647)".formatted(text));
    }
  }
}
