package io.bpfman.nudge.core.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Changes values of one file in place: every byte outside of them stays. What came out is read
 * again, and is refused when anything but the intended values differs.
 */
public final class YamlEditor {
  private final YamlFile file;
  private final List<Splice> splices = new ArrayList<>();
  private final Map<String, Object> intended = new LinkedHashMap<>();

  public YamlEditor(YamlFile file) {
    this.file = file;
  }

  /**
   * Sets a scalar, in the quoting that it has. Nothing happens when it has that text already.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when {@code value} is no scalar, or an
   *     anchor makes its text stand for other places too
   */
  public YamlEditor set(YamlValue value, String text) {
    if (value.isString() && value.text().filter(text::equals).isPresent()) {
      return this;
    }
    if (!(value.node() instanceof ScalarNode scalar)) {
      throw value.refused("is no text; expected an image reference or a version");
    }
    refuseShared(value);
    splices.add(ScalarText.replace(value, scalar, text));
    intend(value, text);
    return this;
  }

  /**
   * Sets a list, in the style (block or flow) that it has. Nothing happens when it has those items.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when {@code value} is no list, or an anchor
   *     makes its text stand for other places too
   */
  public YamlEditor set(YamlValue value, List<?> items) {
    if (value.plain().equals(items)) {
      return this;
    }
    if (!value.isList() || !(value.node() instanceof CollectionNode<?> list)) {
      throw value.refused("is no list");
    }
    refuseShared(value);
    Span span = Spans.content(value);
    boolean block = list.getFlowStyle() == FlowStyle.BLOCK && !items.isEmpty();
    String rendered = block ? BlockText.of(items, Spans.column(value)) : FlowText.of(items);
    String newline = file.text().contains("\r\n") ? "\r\n" : "\n";
    splices.add(new Splice(span.start(), span.end(), rendered.replace("\n", newline)));
    intend(value, items);
    return this;
  }

  /** Number of values that change. */
  public int changes() {
    return splices.size();
  }

  /**
   * The changed text; the same string when nothing changes.
   *
   * @throws IllegalStateException when the result does not read as intended: a defect here
   */
  public String text() {
    if (splices.isEmpty()) {
      return file.text();
    }
    StringBuilder changed = new StringBuilder(file.text());
    splices.stream()
        .sorted(Comparator.comparingInt(Splice::start).reversed())
        .forEach(splice -> changed.replace(splice.start(), splice.end(), splice.text()));
    String result = changed.toString();
    verify(result);
    return result;
  }

  private void verify(String result) {
    Map<String, Object> expected = Flat.of(file.documents());
    intended.forEach(
        (path, value) -> {
          expected.keySet().removeIf(key -> Flat.isBelow(key, path));
          Flat.put(expected, path, value);
        });
    Map<String, Object> actual = Flat.of(YamlFile.parse(file.name(), result).documents());
    if (!actual.equals(expected)) {
      throw new IllegalStateException(
          file.name() + ": the change would have altered other values too; nothing was written");
    }
  }

  private void intend(YamlValue value, Object text) {
    intended.put(Flat.document(file.documents(), value) + value.path(), text);
  }

  private static void refuseShared(YamlValue value) {
    if (value.shared()) {
      throw value.refused(
          "is written through an anchor, so a change would reach other places too; write it out");
    }
  }
}
