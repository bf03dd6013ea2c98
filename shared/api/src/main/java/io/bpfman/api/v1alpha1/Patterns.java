package io.bpfman.api.v1alpha1;

/** Regular expressions of the schema, not anchored unless they say so. */
public final class Patterns {
  /** A function name; any text may follow, so that {@code group/name} fits too. */
  public static final String FUNCTION = "^[a-zA-Z][a-zA-Z0-9_]+.";

  /** An absolute path without empty segments, as the API server (RE2) reads it. */
  public static final String PATH = "^(/[^/\\0]+)+/?$";

  /** Any text with at least one letter, digit or underscore. */
  public static final String IMAGE = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";

  private Patterns() {}
}
