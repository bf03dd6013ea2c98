package io.bpfman.loader.core;

import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.RequestBounds;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what is remembered of all programs and links together: it is in memory all the time and in
 * every listing. What an earlier version has stored may be more. For callers under one lock.
 */
final class StoredBytes {
  private static final long LIMIT = 16L << 20;

  private final Map<Object, Long> sizes = new HashMap<>();
  private long sum;

  static long of(ProgramRecord program) {
    return RequestBounds.metadataBytes(program.metadata())
        + RequestBounds.globalDataBytes(program.globalData());
  }

  static long of(LinkRecord link) {
    return RequestBounds.metadataBytes(link.metadata());
  }

  /** MESSAGE_TOO_LARGE when so many bytes may not come to those that there are. */
  void requireRoom(long more) {
    if (more > 0 && sum + more > LIMIT) {
      throw FailureCode.MESSAGE_TOO_LARGE.because(
          "metadata and global data of all programs and links would have %d bytes; the limit is %d"
                  .formatted(sum + more, LIMIT)
              + " (16 MiB)",
          "unload programs, or give them less metadata");
    }
  }

  /**
   * @param id of a program or link
   */
  void put(Object id, long bytes) {
    remove(id);
    if (bytes > 0) {
      sizes.put(id, bytes);
      sum += bytes;
    }
  }

  void remove(Object id) {
    Long known = sizes.remove(id);
    sum -= known == null ? 0 : known;
  }
}
