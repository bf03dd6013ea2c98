package io.bpfman.cli.manifest;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the operator says of applications, in one word each. */
public final class ApplicationStates {
  private ApplicationStates() {}

  /**
   * Name to condition reason, for example {@code Success}; applications without status are absent.
   */
  public static Map<String, String> read(Path manifests) {
    Map<String, String> states = new TreeMap<>();
    for (YamlTree application : new StatusDirectory(manifests).applications()) {
      application.items("status", "conditions").stream()
          .findFirst()
          .ifPresent(
              condition ->
                  states.put(application.text("metadata", "name"), condition.text("reason")));
    }
    return states;
  }

  /** Name to the message of its condition. */
  public static Map<String, String> messages(Path manifests) {
    Map<String, String> messages = new TreeMap<>();
    for (YamlTree application : new StatusDirectory(manifests).applications()) {
      application.items("status", "conditions").stream()
          .findFirst()
          .ifPresent(
              condition ->
                  messages.put(application.text("metadata", "name"), condition.text("message")));
    }
    return messages;
  }
}
