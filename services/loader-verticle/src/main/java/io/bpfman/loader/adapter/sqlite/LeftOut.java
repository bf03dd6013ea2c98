package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.MetadataKeys;
import io.bpfman.model.RequestBounds;
import java.util.HashMap;
import java.util.Map;

/** Says in metadata what of them was stored and is not read. */
final class LeftOut {
  private LeftOut() {}

  /**
   * @param bytes 0: nothing is said
   */
  static Map<String, String> noted(Map<String, String> metadata, long bytes) {
    if (bytes == 0) {
      return metadata;
    }
    Map<String, String> noted = new HashMap<>(metadata);
    noted.put(
        MetadataKeys.LEFT_OUT,
        "%d bytes of metadata or global data; the limit is %d"
            .formatted(bytes, RequestBounds.METADATA_BYTES));
    return noted;
  }
}
