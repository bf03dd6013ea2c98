package io.bpfman.cli.output;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Times in JSON and texts. */
public final class Times {
  private Times() {}

  /** RFC 3339 in UTC, to the second. */
  public static String seconds(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds()).toString();
  }
}
