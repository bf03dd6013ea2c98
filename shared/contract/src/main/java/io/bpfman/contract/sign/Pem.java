package io.bpfman.contract.sign;

import io.bpfman.model.FailureCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEM blocks (RFC 7468). */
final class Pem {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private static final int LINE = 64;

  private Pem() {}

  static String encode(String label, byte[] content) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(content);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label);
  }

  /**
   * The first block with this label.
   *
   * @param source named in the error
   */
  static Optional<byte[]> find(String label, String text, Path source) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN %s-----(.*?)-----END %s-----".formatted(label, label), Pattern.DOTALL)
            .matcher(text);
    return block.find() ? Optional.of(decode(block.group(1), source)) : Optional.empty();
  }

  static byte[] require(String label, String text, Path source) {
    return find(label, text, source)
        .orElseThrow(
            () ->
                FailureCode.CONFIGURATION_INVALID.because(
                    "%s has no PEM block \"%s\"".formatted(source, label),
                    "give a PEM file as openssl writes it"));
  }

  private static byte[] decode(String body, Path source) {
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s is no valid PEM file".formatted(source), "give a PEM file as openssl writes it", e);
    }
  }
}
