package io.bpfman.loader.port;

import io.bpfman.model.ProbedTarget;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an attach made.
 *
 * @param kernelLink kernel link id; 0 for TC, which has no link
 * @param notes what was done in another way than usual, for the link's metadata; mostly empty
 * @param probed the file, for probes in user space; else null
 */
public record Attachment(
    long kernelLink, Map<String, String> notes, @Nullable ProbedTarget probed) {
  /** Key of a note, with the value {@code generic}: packets become kernel buffers first. */
  public static final String XDP_MODE = "bpfman.io/xdp-mode";

  public Attachment {
    notes = Map.copyOf(notes);
  }

  /** As usual, and of no file. */
  public Attachment(long kernelLink) {
    this(kernelLink, Map.of(), null);
  }

  public Attachment(long kernelLink, Map<String, String> notes) {
    this(kernelLink, notes, null);
  }

  public Attachment(long kernelLink, ProbedTarget probed) {
    this(kernelLink, Map.of(), probed);
  }
}
