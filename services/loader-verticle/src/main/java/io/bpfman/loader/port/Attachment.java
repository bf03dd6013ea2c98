package io.bpfman.loader.port;

import java.util.Map;

/**
 * What attaching made.
 *
 * @param link kernel link id; 0 for TC, which has no link
 * @param notes what was done in another way than usual, for the link's metadata; mostly empty
 */
public record Attachment(long link, Map<String, String> notes) {
  /** Key of a note, with the value {@code generic}: packets become kernel buffers first. */
  public static final String XDP_MODE = "bpfman.io/xdp-mode";

  public Attachment {
    notes = Map.copyOf(notes);
  }

  /** As usual. */
  public Attachment(long link) {
    this(link, Map.of());
  }
}
