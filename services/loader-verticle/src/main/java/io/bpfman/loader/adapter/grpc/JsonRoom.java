package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.btf.BtfException;
import io.bpfman.loader.core.btf.BtfValueType;
import io.bpfman.model.Bytes;

/**
 * How much JSON one message may carry: names of members may be long, so that a few bytes become
 * megabytes. What does not fit any more has its bytes only. One thread.
 */
final class JsonRoom {
  private static final int LETTERS = 8 << 20;

  private static final int LETTERS_OF_ONE_VALUE = 1 << 20;

  /** For who wants bytes only. */
  static JsonRoom none() {
    return new JsonRoom(0);
  }

  static JsonRoom ofOneMessage() {
    return new JsonRoom(LETTERS);
  }

  private int left;

  private JsonRoom(int left) {
    this.left = left;
  }

  /** Empty when there is no room, or when the type turns out to be unusable. */
  String json(BtfValueType type, Bytes value) {
    if (left <= 0) {
      return "";
    }
    try {
      String json = type.toJson(value.toArray(), Math.min(left, LETTERS_OF_ONE_VALUE));
      left -= json.length();
      return json;
    } catch (BtfException unusable) {
      return "";
    }
  }
}
