package io.bpfman.nudge.core.image;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;

/**
 * The grammar of distribution/reference (reference.go and regexp.go), with sentences for what
 * people get wrong. Only sha256 digests: registries and Renovate's rule know no other.
 */
final class ReferenceGrammar {
  /** Longest text that is looked at; the grammar's own limit is 255 for the repository alone. */
  private static final int MAX_LENGTH = 512;

  private static final int MAX_REPOSITORY = 255;
  private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final String HOST =
      "(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
  private static final String PATH_PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final Pattern REPOSITORY =
      Pattern.compile("(?:" + HOST + "/)?" + PATH_PART + "(?:/" + PATH_PART + ")*");
  private static final Pattern TAG = Pattern.compile("[0-9A-Za-z_][0-9A-Za-z_.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern BLANK = Pattern.compile("\\s");

  private ReferenceGrammar() {}

  static ImageReference parse(String text) {
    checkText(text);
    int at = text.indexOf('@');
    String digest = at < 0 ? "" : text.substring(at + 1);
    String rest = at < 0 ? text : text.substring(0, at);
    int colon = rest.lastIndexOf(':');
    boolean tagged = colon > rest.lastIndexOf('/');
    String tag = tagged ? rest.substring(colon + 1) : "";
    String repository = tagged ? rest.substring(0, colon) : rest;
    checkRepository(text, repository);
    if (tagged && !TAG.matches(tag)) {
      throw refused(text, "has a tag that is empty, longer than 128 or of other characters");
    }
    if (at >= 0) {
      checkDigest(text, digest);
    }
    return new ImageReference(repository, tag, digest);
  }

  /** A first part with a dot or a port, or localhost, is a registry; else Docker Hub is meant. */
  static boolean namesRegistry(String repository) {
    int slash = repository.indexOf('/');
    String first = slash < 0 ? "" : repository.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost");
  }

  private static void checkText(String text) {
    if (text.isEmpty()) {
      throw new InvalidReferenceException("an image reference is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new InvalidReferenceException(
          "an image reference has %d characters; at most %d are allowed"
              .formatted(text.length(), MAX_LENGTH));
    }
    Matcher blank = BLANK.matcher(text);
    if (blank.find()) {
      throw refused(text, "has a blank at character " + (blank.start() + 1));
    }
  }

  private static void checkRepository(String text, String repository) {
    if (repository.length() > MAX_REPOSITORY) {
      throw refused(text, "has a repository longer than " + MAX_REPOSITORY + " characters");
    }
    if (REPOSITORY.matches(repository)) {
      return;
    }
    String path = repository.substring(repository.indexOf('/') + 1);
    if (!path.equals(path.toLowerCase(Locale.ROOT))) {
      throw refused(text, "has upper case letters in its repository; write them in lower case");
    }
    throw refused(text, "has a repository that is none; write registry/path");
  }

  private static void checkDigest(String text, String digest) {
    if (DIGEST.matches(digest)) {
      return;
    }
    if (!digest.startsWith("sha256:")) {
      throw refused(text, "has a digest of another algorithm than sha256");
    }
    String hex = digest.substring("sha256:".length());
    if (hex.length() != 64) {
      throw refused(text, "has a digest of %d digits instead of 64".formatted(hex.length()));
    }
    throw refused(text, "has a digest with other characters than 0-9 and a-f");
  }

  private static InvalidReferenceException refused(String text, String why) {
    return new InvalidReferenceException("\"" + printable(text) + "\" " + why);
  }

  private static String printable(String text) {
    StringBuilder safe = new StringBuilder();
    text.chars().forEach(c -> safe.append(c < 0x20 || c == 0x7f ? '?' : (char) c));
    return safe.toString();
  }
}
