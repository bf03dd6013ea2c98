package io.bpfman.api.manifest;

/** Writes objects as YAML. */
public final class ManifestWriter {
  private ManifestWriter() {}

  /**
   * One document without marker, ending in a newline; the same object always gives the same text.
   */
  public static String toYaml(Object object) {
    return YamlMappers.PLAIN.writeValueAsString(object);
  }
}
