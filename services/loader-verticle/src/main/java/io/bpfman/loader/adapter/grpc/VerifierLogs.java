package io.bpfman.loader.adapter.grpc;

import io.bpfman.model.FailureCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The last few verifier logs in full, for callers whose error carried only the end of one. Any
 * thread.
 */
final class VerifierLogs {
  /** A log is at most 16 MiB; callers ask at once, so a few are enough. */
  private static final int KEPT = 4;

  private final Map<String, String> logs = new LinkedHashMap<>();

  synchronized String keep(String log) {
    String id = UUID.randomUUID().toString();
    logs.put(id, log);
    if (logs.size() > KEPT) {
      logs.remove(logs.keySet().iterator().next());
    }
    return id;
  }

  synchronized String get(String id) {
    String log = logs.get(id);
    if (log == null) {
      throw FailureCode.INVALID_REQUEST.because(
          "there is no verifier log \"%s\"; only the last %d are kept".formatted(id, KEPT),
          "load the object again");
    }
    return log;
  }
}
