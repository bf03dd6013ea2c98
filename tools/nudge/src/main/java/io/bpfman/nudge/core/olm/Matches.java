package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.yaml.YamlEditor;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what an update found, and refuses the update when an image was found nowhere. */
final class Matches {
  private final YamlFile file;
  private final Map<Operand, ImageReference> images;
  private final YamlEditor editor;
  private final List<Change> changes = new ArrayList<>();
  private final Set<Operand> found = EnumSet.noneOf(Operand.class);
  private final Map<String, Operand> replaced = new HashMap<>();

  Matches(YamlFile file, Map<Operand, ImageReference> images) {
    this.file = file;
    this.images = images;
    this.editor = new YamlEditor(file);
  }

  /** Sets the image of an operand; nothing happens for one that is not asked for. */
  void image(Operand operand, YamlValue value) {
    ImageReference image = images.get(operand);
    if (image != null) {
      found.add(operand);
      replaced.put(value.text().orElse(""), operand);
      set(value, image.toString());
    }
  }

  /** Remembers an operand that stands in what is rendered as a whole. */
  void found(Operand operand) {
    found.add(operand);
  }

  void set(YamlValue value, String text) {
    changes.add(new Change(value.place(), value.text().orElse(""), text));
    editor.set(value, text);
  }

  void set(YamlValue value, List<?> items) {
    if (!value.plain().equals(items)) {
      changes.add(new Change(value.place(), "as it was", "rendered from the bundle"));
      editor.set(value, items);
    }
  }

  /** The operand whose reference stood where an image was set already. */
  Optional<Operand> operandOf(String reference) {
    return Optional.ofNullable(replaced.get(reference));
  }

  /** {@code where} ends the sentence for an image that was found nowhere. */
  Updated finish(String where) {
    List<String> missing =
        images.keySet().stream()
            .filter(operand -> !found.contains(operand))
            .map(operand -> "%s (%s)".formatted(operand.component(), operand.flag()))
            .collect(Collectors.toList());
    if (!missing.isEmpty()) {
      throw new UnusableInputException(
          "%s: nothing refers to %s; %s".formatted(file.name(), String.join(", ", missing), where));
    }
    return new Updated(editor.text(), List.copyOf(changes));
  }
}
