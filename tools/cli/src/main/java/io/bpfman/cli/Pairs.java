package io.bpfman.cli;

import io.bpfman.model.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.TypeConversionException;

/** Converts the KEY=VALUE flags. */
public final class Pairs {
  private Pairs() {}

  /** Global data; a value that is not an even number of hexadecimal digits is a usage error. */
  public static Map<String, Bytes> bytes(Map<String, String> pairs) {
    Map<String, Bytes> all = new LinkedHashMap<>();
    pairs.forEach((name, hex) -> all.put(name, hexadecimal(name, hex)));
    return all;
  }

  private static Bytes hexadecimal(String name, String hex) {
    try {
      return Bytes.ofHex(hex);
    } catch (IllegalArgumentException notHex) {
      TypeConversionException refused =
          new TypeConversionException(
              "--global %s=%s: the value must be an even number of hexadecimal digits, as 0x2a00"
                  .formatted(name, hex));
      refused.initCause(notHex);
      throw refused;
    }
  }
}
