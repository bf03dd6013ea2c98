package io.bpfman.nudge.core.snapshot;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A snapshot: which images are to be released together.
 *
 * @param parts by our component name, whatever stream the cluster's name ends with
 */
public record Snapshot(Map<String, Part> parts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Names of components, longest first; the daemon has two. */
  private static final List<String> NAMES =
      List.of(
          "bpfman-operator-catalog",
          "bpfman-operator-bundle",
          "bpfman-operator",
          "bpfman-daemon",
          "bpfman-agent",
          "bpfman");

  /**
   * Reads a Snapshot object, or its spec alone.
   *
   * @throws UnusableInputException unless it has components with pinned images
   */
  public static Snapshot parse(String name, String text) {
    JsonNode root = tree(name, text);
    JsonNode components = root.path("components");
    if (components.isMissingNode()) {
      components = root.path("spec").path("components");
    }
    if (!components.isArray() || components.isEmpty()) {
      throw new UnusableInputException(
          Place.of(name), "has no list \"components\"; expected a Snapshot or its spec");
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    List<JsonNode> all = new ArrayList<>();
    components.forEach(all::add);
    for (int i = 0; i < all.size(); i++) {
      Part part = part(new Place(name, 0, "components[" + i + "]"), all.get(i));
      component(part.name()).ifPresent(known -> add(parts, known, part));
    }
    return new Snapshot(parts);
  }

  private static void add(Map<String, Part> parts, String known, Part part) {
    Part before = parts.put(known, part);
    if (before != null) {
      throw new UnusableInputException(
          part.place(),
          "\"%s\" and \"%s\" are both %s".formatted(before.name(), part.name(), known));
    }
  }

  private static JsonNode tree(String name, String text) {
    if (text.isBlank()) {
      throw new UnusableInputException(Place.of(name), "is empty; expected JSON");
    }
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new UnusableInputException(
          Place.of(name, Math.max(0, line)), "is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Part part(Place place, JsonNode node) {
    try {
      ImageReference image = ImageReference.pinned(node.path("containerImage").asString(""));
      JsonNode git = node.path("source").path("git");
      return new Part(
          place,
          node.path("name").asString(""),
          image,
          git.path("url").asString("").replaceFirst("(?:\\.git)?/?$", ""),
          git.path("revision").asString(""));
    } catch (InvalidReferenceException e) {
      throw new UnusableInputException(place, "containerImage: " + e.getMessage(), e);
    }
  }

  private static Optional<String> component(String name) {
    return NAMES.stream()
        .filter(known -> name.equals(known) || name.startsWith(known + "-"))
        .findFirst()
        .map(known -> known.equals("bpfman-daemon") ? "bpfman" : known);
  }

  /**
   * One image.
   *
   * @param url repository of its source; empty when not told
   * @param revision commit of its source; empty when not told
   */
  public record Part(Place place, String name, ImageReference image, String url, String revision) {}
}
