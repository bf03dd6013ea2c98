package io.bpfman.nudge.command;

import io.bpfman.nudge.core.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as JSON: lower camel case, in a stable order. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static List<Object> findings(List<Finding> findings) {
    return findings.stream().<Object>map(Json::finding).toList();
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", finding.severity().word());
    json.put("rule", finding.rule().id());
    json.put("file", finding.place().file());
    json.put("line", finding.place().line());
    json.put("path", finding.place().path());
    json.put("message", finding.message());
    return json;
  }
}
