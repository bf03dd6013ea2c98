package io.bpfman.runtime.cluster.tls;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of peers that were refused: once for each, since anybody can come as often as he likes. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** Peers that are remembered; the oldest is forgotten first. */
  private static final int REMEMBERED = 256;

  private final Set<String> told =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /**
   * @param peer address without port, or the subject of its certificate
   * @param what the connection was for
   */
  void tell(String peer, String what, String why) {
    if (told.add(peer + what)) {
      LOG.warn("refused {} with {}: {}; further ones are not told", what, peer, why);
    } else {
      LOG.debug("refused {} with {}: {}", what, peer, why);
    }
  }
}
