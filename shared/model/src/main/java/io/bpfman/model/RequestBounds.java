package io.bpfman.model;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How much may be remembered of a program or link: every listing carries it. */
public final class RequestBounds {
  /** UTF-8 bytes of keys and values together, of one program or link. */
  public static final int METADATA_BYTES = 64 << 10;

  /** Bytes of values and UTF-8 bytes of names together, of one program. */
  public static final int GLOBAL_DATA_BYTES = 64 << 10;

  private RequestBounds() {}

  /**
   * @throws BpfmanException INVALID_REQUEST with the number of bytes when there are too many
   */
  public static void requireMetadata(Map<String, String> metadata) {
    long bytes = metadataBytes(metadata);
    if (bytes > METADATA_BYTES) {
      throw FailureCode.INVALID_REQUEST.because(
          "the metadata has %d bytes, keys and values together; the limit is %d (64 KiB) for a"
                  .formatted(bytes, METADATA_BYTES)
              + " program or link",
          "keep large texts elsewhere and put their name or digest here");
    }
  }

  /** UTF-8 bytes of keys and values together. */
  public static long metadataBytes(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .mapToLong(pair -> bytes(pair.getKey()) + bytes(pair.getValue()))
        .sum();
  }

  /**
   * @throws BpfmanException INVALID_REQUEST with the number of bytes when there are too many
   */
  public static void requireGlobalData(Map<String, Bytes> data) {
    long bytes = globalDataBytes(data);
    if (bytes > GLOBAL_DATA_BYTES) {
      throw FailureCode.INVALID_REQUEST.because(
          "the global data have %d bytes, names and values together; the limit is %d (64 KiB) for a"
                  .formatted(bytes, GLOBAL_DATA_BYTES)
              + " load",
          "write large tables into a map after the load, with `bpfman map update`");
    }
  }

  /** Bytes of values and UTF-8 bytes of names together. */
  public static long globalDataBytes(Map<String, Bytes> data) {
    return data.entrySet().stream()
        .mapToLong(pair -> bytes(pair.getKey()) + pair.getValue().size())
        .sum();
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
