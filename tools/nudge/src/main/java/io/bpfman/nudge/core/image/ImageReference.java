package io.bpfman.nudge.core.image;

import java.util.Optional;

/**
 * An image reference by the grammar of the distribution project, which opm and the kubelet use.
 *
 * @param repository registry host, optional port, and path; as written, not normalised
 * @param tag without the colon; empty when there is none
 * @param digest {@code algorithm:hex}; empty when there is none
 */
public record ImageReference(String repository, String tag, String digest) {
  private static final String ZEROS = "0".repeat(64);

  /**
   * Reads any reference.
   *
   * @throws InvalidReferenceException with a sentence that names the limit
   */
  public static ImageReference parse(String text) {
    return ReferenceGrammar.parse(text);
  }

  /** Reads any reference; empty for what is none. */
  public static Optional<ImageReference> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (InvalidReferenceException notOne) {
      return Optional.empty();
    }
  }

  /**
   * Reads a reference that names its registry and has a sha256 digest; a tag may be there too.
   *
   * @throws InvalidReferenceException with a sentence that names the limit
   */
  public static ImageReference pinned(String text) {
    ImageReference reference = parse(text);
    if (reference.digest().isEmpty()) {
      throw new InvalidReferenceException(
          "\"%s\" is not pinned by a digest; write %s@sha256: and 64 hexadecimal digits"
              .formatted(text, reference.repository()));
    }
    if (!ReferenceGrammar.namesRegistry(reference.repository())) {
      throw new InvalidReferenceException(
          "\"%s\" names no registry; write registry/%s".formatted(text, text));
    }
    return reference;
  }

  /** True for the digest of zeros, which stands where nothing was built yet. */
  public boolean isPlaceholder() {
    return digest.endsWith(":" + ZEROS);
  }

  /** The last part of the repository's path. */
  public String name() {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }

  /** As it is written in files. */
  @Override
  public String toString() {
    return repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
  }
}
