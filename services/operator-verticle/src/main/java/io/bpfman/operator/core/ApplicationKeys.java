package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names of applications on the bus and of their state objects. */
public final class ApplicationKeys {
  private static final String PREFIX = ApiNames.APPLICATION_KIND + "/";
  private static final int SUFFIX = 8;

  private ApplicationKeys() {}

  public static String of(ClusterBpfApplication application) {
    return PREFIX + application.getMetadata().getName();
  }

  /** Whether the key is one of {@link #of}. */
  public static boolean isApplication(String key) {
    return key.startsWith(PREFIX);
  }

  /** Name of the application that {@link #of} made {@code key} from. */
  public static String name(String key) {
    return key.substring(PREFIX.length());
  }

  /**
   * {@code <application>-<8 hexadecimal digits>}, the same for the same application and node at all
   * times.
   */
  public static String stateName(String application, String node) {
    byte[] both = (application + "\0" + node).getBytes(StandardCharsets.UTF_8);
    String digest = UUID.nameUUIDFromBytes(both).toString();
    return application + "-" + digest.substring(0, SUFFIX);
  }
}
