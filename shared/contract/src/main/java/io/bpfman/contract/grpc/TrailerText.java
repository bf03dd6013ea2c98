package io.bpfman.contract.grpc;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Texts cut to what fits in trailers. Clients accept 8 KiB of headers by default; details grow by a
 * third in base64, so that (1,500 + 500 + 2,500) x 4/3 + 1,200 stays below it.
 */
final class TrailerText {
  private static final int STATUS_MESSAGE_BYTES = 1_200;
  private static final int MESSAGE_BYTES = 1_500;
  private static final int HINT_BYTES = 500;
  private static final int LOG_BYTES = 2_500;
  private static final String CUT = "...";

  private TrailerText() {}

  /** For the header grpc-message, where a byte outside of ASCII takes three. */
  static String statusMessage(String text) {
    String cut = text;
    while (URLEncoder.encode(cut, StandardCharsets.UTF_8).length() > STATUS_MESSAGE_BYTES) {
      cut = start(cut, size(cut) * 3 / 4);
    }
    return cut;
  }

  static String message(String text) {
    return start(text, MESSAGE_BYTES);
  }

  static String hint(String text) {
    return start(text, HINT_BYTES);
  }

  /** The end says why the verifier refused. */
  static String logEnd(String log) {
    int from = log.length();
    int bytes = 0;
    while (from > 0) {
      int point = log.codePointBefore(from);
      bytes += size(Character.toString(point));
      if (bytes > LOG_BYTES) {
        break;
      }
      from -= Character.charCount(point);
    }
    return log.substring(from);
  }

  /**
   * Undoes percent encoding; null is empty. A percent sign that starts no byte stays as it is, as
   * the gRPC specification asks.
   */
  static String decode(@Nullable String header) {
    if (header == null) {
      return "";
    }
    byte[] raw = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream text = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (raw[i] == '%' && low >= 0) {
        text.write(high << 4 | low);
        i += 2;
      } else {
        text.write(raw[i]);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static String start(String text, int limit) {
    if (size(text) <= limit) {
      return text;
    }
    int to = 0;
    int bytes = CUT.length();
    while (to < text.length()) {
      int point = text.codePointAt(to);
      bytes += size(Character.toString(point));
      if (bytes > limit) {
        break;
      }
      to += Character.charCount(point);
    }
    return text.substring(0, to) + CUT;
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
