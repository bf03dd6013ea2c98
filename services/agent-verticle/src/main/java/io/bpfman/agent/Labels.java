package io.bpfman.agent;

import io.bpfman.model.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Node labels as settings spell them. */
final class Labels {
  private Labels() {}

  static Map<String, String> parse(List<String> texts) {
    Map<String, String> labels = new TreeMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw FailureCode.CONFIGURATION_INVALID.because(
            "node label \"%s\" is not of the form key=value".formatted(text),
            "for example --node-labels zone=a,disk=ssd");
      }
      labels.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return labels;
  }
}
