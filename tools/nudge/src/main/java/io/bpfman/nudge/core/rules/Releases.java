package io.bpfman.nudge.core.rules;

import java.util.Optional;

/** A release of a version: the same version packed again (operator-registry, model.go). */
final class Releases {
  private static final int MAX_LENGTH = 20;

  private Releases() {}

  /** What is wrong, with the way out. */
  static Optional<String> problem(String packageName, String version, String release, String name) {
    if (release.length() > MAX_LENGTH || !Version.PRE_RELEASE.matches(release)) {
      return Optional.of(
          "\"%s\" is no release; write at most %d characters as behind the - of a version"
              .formatted(release, MAX_LENGTH));
    }
    if (version.contains("+")) {
      return Optional.of(
          "is there beside the build metadata of version %s; drop one of both".formatted(version));
    }
    String expected = "%s-v%s-%s".formatted(packageName, version, release);
    return name.equals(expected)
        ? Optional.empty()
        : Optional.of("asks for the name %s, but it is %s; rename one".formatted(expected, name));
  }
}
