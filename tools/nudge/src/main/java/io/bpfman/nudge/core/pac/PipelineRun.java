package io.bpfman.nudge.core.pac;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A PipelineRun of {@code .tekton}; template variables such as {@code {{revision}}} stay as they
 * are.
 */
public final class PipelineRun {
  private static final String PAC = "pipelinesascode.tekton.dev/";
  private static final List<String> NUDGE_FILES =
      List.of(
          "build.appstudio.openshift.io/build-nudge-files",
          "build.konflux-ci.dev/build-nudge-files");
  private static final List<String> COMPONENT =
      List.of("appstudio.openshift.io/component", "build.konflux-ci.dev/component");

  private final YamlValue root;

  public PipelineRun(YamlValue root) {
    this.root = root;
  }

  /** True for documents of that kind. */
  public static boolean is(YamlValue document) {
    return document.text("kind").equals("PipelineRun");
  }

  /** The whole object. */
  public Place place() {
    return root.place();
  }

  /** {@code metadata.name}; empty when missing. */
  public String name() {
    return root.text("metadata", "name");
  }

  /** The component that it builds; empty when no label says so. */
  public String component() {
    return first("labels", COMPONENT).flatMap(YamlValue::text).orElse("");
  }

  /** The annotation that says where references may be rewritten; an empty text counts. */
  public Optional<YamlValue> nudgeFiles() {
    return first("annotations", NUDGE_FILES);
  }

  /** Patterns of {@link #nudgeFiles}; none when absent or empty. */
  public List<String> nudgePatterns() {
    String text = nudgeFiles().flatMap(YamlValue::text).orElse("");
    return Arrays.stream(text.split(",")).map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  /** The CEL expression; empty when events are named by annotations. */
  public Optional<YamlValue> expression() {
    return root.get("metadata", "annotations", PAC + "on-cel-expression");
  }

  /** Words of an annotation such as {@code on-event}: one word, or a list in brackets. */
  public List<String> words(String annotation) {
    String text = root.text("metadata", "annotations", PAC + annotation);
    String inner =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return Arrays.stream(inner.split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  /** Value of a parameter; empty when missing. */
  public String param(String name) {
    return root.items("spec", "params").stream()
        .filter(param -> param.text("name").equals(name))
        .map(param -> param.text("value"))
        .findFirst()
        .orElse("");
  }

  /** Values of a parameter that is a list; none when missing. */
  public List<String> params(String name) {
    return root.items("spec", "params").stream()
        .filter(param -> param.text("name").equals(name))
        .flatMap(param -> param.items("value").stream())
        .map(value -> value.text().orElse(""))
        .toList();
  }

  /** Repository of the parameter output-image, whose tag may be a variable; empty when missing. */
  public String outputRepository() {
    String image = param("output-image");
    int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    return colon < 0 ? image : image.substring(0, colon);
  }

  /** An annotation or label of the first name that is there. */
  private Optional<YamlValue> first(String field, List<String> names) {
    return names.stream().flatMap(name -> root.get("metadata", field, name).stream()).findFirst();
  }
}
