package io.bpfman.nudge.core.rules;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** What a manifest takes in the ConfigMap into which OLM unpacks a bundle: gzip, then base64. */
final class PackedSize {
  /** What fits, in bytes. */
  static final long MAX = 1 << 20;

  /** From here on a warning is due. */
  static final long NEAR = MAX * 85 / 100;

  private PackedSize() {}

  /** In bytes. */
  static long of(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (packed.size() + 2) / 3 * 4L;
  }
}
