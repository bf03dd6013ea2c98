package io.bpfman.contract.bus;

import com.google.protobuf.MessageLite;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Answers of operations until their deadline, so that a doubled or replayed message runs nothing
 * twice. After the deadline a resend is dropped before it gets here. Used on one context only.
 */
final class OperationCache {
  /** Far more than an agent has under way at once; more is a loop. */
  static final int LIMIT = 10_000;

  private final InstantSource clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  OperationCache(InstantSource clock) {
    this.clock = clock;
  }

  Future<? extends MessageLite> once(
      Envelope envelope, Supplier<Future<? extends MessageLite>> work) {
    long now = clock.millis();
    Entry known = entries.get(envelope.operation());
    if (known != null) {
      return known.answer;
    }
    if (entries.size() >= LIMIT / 2) {
      entries.values().removeIf(entry -> entry.deadlineMillis < now);
    }
    if (entries.size() >= LIMIT) {
      throw FailureCode.UNAVAILABLE.because(
          "%d operations are under way or just done, which is the limit".formatted(LIMIT),
          "send again in a minute");
    }
    Future<? extends MessageLite> answer = work.get();
    entries.put(envelope.operation(), new Entry(envelope.deadlineMillis(), answer));
    return answer;
  }

  private record Entry(long deadlineMillis, Future<? extends MessageLite> answer) {}
}
