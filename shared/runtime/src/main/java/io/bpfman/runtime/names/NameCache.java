package io.bpfman.runtime.names;

import java.security.Security;

/**
 * How long this JVM believes what a name server said. Peers come and go with their addresses, so
 * the JDK's 30 s, or 10 s for a name that does not exist, would be waited for at each change.
 */
public final class NameCache {
  private static final String FOUND_SECONDS = "1";
  private static final String UNKNOWN_SECONDS = "0";

  private NameCache() {}

  /** Works only before the first name is resolved in this JVM. */
  public static void shorten() {
    Security.setProperty("networkaddress.cache.ttl", FOUND_SECONDS);
    Security.setProperty("networkaddress.cache.negative.ttl", UNKNOWN_SECONDS);
  }
}
