package io.bpfman.nudge.core.nudge;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.GraphRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for nudge files. */
public final class NudgeFileRules {
  private NudgeFileRules() {}

  /** An error when the image is in a repository of another component, or of none. */
  public static List<Finding> repository(NudgeFile file, List<Component> components) {
    Optional<Component> own =
        components.stream().filter(c -> c.name().equals(file.component())).findFirst();
    String repository = file.image().repository();
    if (components.isEmpty() || (own.isPresent() && owns(own.get(), repository))) {
      return List.of();
    }
    if (own.isEmpty()) {
      return List.of(
          new Finding(
              GraphRule.NUDGE_FILE_COMPONENT,
              file.place(),
              "belongs to no component; %s is not declared".formatted(file.component())));
    }
    return List.of(
        new Finding(
            GraphRule.NUDGE_FILE_REPOSITORY,
            file.place(),
            "names %s, but images of %s are in %s"
                .formatted(
                    repository, file.component(), String.join(" or ", own.get().repositories()))));
  }

  /** All rules for one file. */
  public static List<Finding> all(NudgeFile file, List<Component> components) {
    List<Finding> findings = new ArrayList<>(repository(file, components));
    if (file.image().isPlaceholder()) {
      findings.add(
          new Finding(
              GraphRule.PLACEHOLDER_DIGEST,
              file.place(),
              "has the digest of zeros, which stands for an image that was never built"));
    }
    if (!file.image().tag().isEmpty()) {
      findings.add(
          new Finding(
              GraphRule.NUDGE_FILE_TAG,
              file.place(),
              "has a tag beside the digest; only the digest is ever rewritten, so the tag will lie"));
    }
    return findings;
  }

  private static boolean owns(Component component, String repository) {
    return component.repositories().isEmpty() || component.repositories().contains(repository);
  }
}
