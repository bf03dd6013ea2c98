package io.bpfman.api.manifest;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of image references: github.com/distribution/reference, regexp.go. Pure. */
final class ImageReference {
  /** Of registry and repository together. */
  private static final int MAX_NAME = 255;

  private static final Pattern REGISTRY =
      Pattern.compile(
          "([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
              + "|\\[[a-fA-F0-9:]+])(:[0-9]+)?");
  private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+((_|__|\\.|-+)[a-z0-9]+)*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");
  private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

  private ImageReference() {}

  /**
   * What is wrong with {@code reference}, as the end of a sentence; empty for a good one.
   *
   * @param reference at most a few hundred characters
   */
  static Optional<String> problem(String reference) {
    int at = reference.indexOf('@');
    if (at >= 0) {
      String digest = reference.substring(at + 1);
      boolean good =
          digest.startsWith("sha256:")
              ? SHA256.matcher(digest).matches()
              : DIGEST.matcher(digest).matches();
      if (!good) {
        return Optional.of("\"" + digest + "\" is no digest: sha256: and 64 hexadecimal digits");
      }
    }
    String tagged = at < 0 ? reference : reference.substring(0, at);
    int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
    if (colon >= 0 && !TAG.matcher(tagged.substring(colon + 1)).matches()) {
      return Optional.of(
          "\"%s\" is no tag: 1 to 128 letters, digits, '_', '.' and '-', not beginning with '.' or '-'"
              .formatted(tagged.substring(colon + 1)));
    }
    return name(colon < 0 ? tagged : tagged.substring(0, colon));
  }

  private static Optional<String> name(String name) {
    if (name.length() > MAX_NAME) {
      return Optional.of(
          "registry and repository must have at most %d characters, have %d"
              .formatted(MAX_NAME, name.length()));
    }
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    if (!isRegistry(first)) {
      return repository(name);
    }
    return REGISTRY.matcher(first).matches()
        ? repository(name.substring(slash + 1))
        : Optional.of(
            "\"" + first + "\" is no registry: host name or address, with or without port");
  }

  private static boolean isRegistry(String first) {
    return first.equals("localhost")
        || first.contains(".")
        || first.contains(":")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> repository(String repository) {
    for (String component : repository.split("/", -1)) {
      if (!COMPONENT.matcher(component).matches()) {
        return Optional.of(
            "\"%s\" is no part of a repository: lower-case letters and digits, between them one '.', one or two '_' or any number of '-'"
                .formatted(component));
      }
    }
    return Optional.empty();
  }
}
