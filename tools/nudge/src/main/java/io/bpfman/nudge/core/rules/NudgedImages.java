package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CrossRule;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the nudge files say the newest images are. */
final class NudgedImages {
  private final Map<String, NudgeFile> byComponent;
  private final Map<String, NudgeFile> byRepository;
  private final Findings findings;
  private final Set<Place> told = new HashSet<>();

  NudgedImages(List<NudgeFile> files, Findings findings) {
    this.byComponent = index(files, NudgeFile::component);
    this.byRepository = index(files, file -> file.image().repository());
    this.findings = findings;
  }

  private static Map<String, NudgeFile> index(
      List<NudgeFile> files, Function<NudgeFile, String> key) {
    return files.stream()
        .collect(Collectors.toMap(key, Function.identity(), (first, second) -> first));
  }

  /** A finding unless {@code value} is what the nudge file of the component says. */
  void compare(YamlValue value, String component) {
    compare(value, byComponent.get(component));
  }

  /**
   * A finding unless {@code value} is what the nudge file of its repository says; ImageRules tells
   * of what is no reference.
   */
  void compareByRepository(YamlValue value) {
    ImageReference.find(value.text().orElse(""))
        .ifPresent(reference -> compare(value, byRepository.get(reference.repository())));
  }

  private void compare(YamlValue value, @Nullable NudgeFile nudge) {
    String image = value.text().orElse("");
    if (nudge != null && !image.equals(nudge.image().toString()) && told.add(value.place())) {
      findings.add(
          CrossRule.OUT_OF_DATE,
          value.place(),
          "is %s, but %s says %s; run the update".formatted(image, nudge.path(), nudge.image()));
    }
  }
}
