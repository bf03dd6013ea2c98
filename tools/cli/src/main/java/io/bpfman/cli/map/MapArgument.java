package io.bpfman.cli.map;

import com.google.protobuf.ByteString;
import io.bpfman.cli.UnsignedId;
import io.bpfman.proto.x.v1.MapDatum;
import java.util.HexFormat;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which map, and whether keys and values are bytes. */
final class MapArgument {
  @Parameters(
      index = "0",
      paramLabel = "PROGRAM_ID",
      converter = UnsignedId.class,
      description = "A program that uses the map.")
  private int program;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description =
          "Map name as map list gives it, or a section of global variables: .bss, .data, .rodata.")
  private String name = "";

  @Option(names = "--raw", description = "Keys and values are bytes in hexadecimal digits.")
  private boolean raw;

  int program() {
    return program;
  }

  String name() {
    return name;
  }

  boolean raw() {
    return raw;
  }

  /** As {@link #datum}; what can only be the name of a variable is no bytes either. */
  MapDatum key(String text) {
    return name.startsWith(".") && text.matches("[A-Za-z_][A-Za-z0-9_.$]*")
        ? MapDatum.newBuilder().setText(text).build()
        : datum(text);
  }

  /** Bytes with --raw, else text for the daemon to read by the map's types. */
  MapDatum datum(String text) {
    if (!raw) {
      return MapDatum.newBuilder().setText(text).build();
    }
    String digits = text.replaceFirst("^0[xX]", "").replaceAll("[\\s:]", "");
    try {
      byte[] bytes = HexFormat.of().parseHex(digits);
      return MapDatum.newBuilder().setRaw(ByteString.copyFrom(bytes)).build();
    } catch (IllegalArgumentException notHex) {
      TypeConversionException refused =
          new TypeConversionException(
              "\"%s\": --raw takes an even number of hexadecimal digits, as 0x2a00"
                  .formatted(text));
      refused.initCause(notHex);
      throw refused;
    }
  }
}
