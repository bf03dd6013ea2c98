package io.bpfman.loader.daemon;

/** Version of the build, from the jar's manifest. */
final class Version {
  private Version() {}

  /** {@code development} when run from class files. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
