package io.bpfman.cli;

/**
 * The value of {@code bpfman.io/application}: what somebody gave, or of the operator {@code
 * ClusterBpfApplication/name} and {@code BpfApplication/namespace/name}.
 */
public final class ApplicationName {
  private ApplicationName() {}

  /**
   * @param wanted the whole value or what follows one of its slashes; empty: all match
   */
  public static boolean matches(String wanted, String value) {
    return wanted.isEmpty() || value.equals(wanted) || value.endsWith("/" + wanted);
  }
}
