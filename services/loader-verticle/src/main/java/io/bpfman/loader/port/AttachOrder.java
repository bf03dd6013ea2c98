package io.bpfman.loader.port;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;

/**
 * One attach, decided.
 *
 * @param programPin pin of the program
 * @param linkPin where the new link is pinned; its directory exists
 * @param position place among existing TCX programs; {@link TcxPosition.Last} for all other kinds
 */
public record AttachOrder(
    LinkId id,
    ProgramRecord program,
    AttachSpec spec,
    Path programPin,
    Path linkPin,
    TcxPosition position) {

  /** The same with another place for the link's pin. */
  public AttachOrder pinnedAt(Path pin) {
    return new AttachOrder(id, program, spec, programPin, pin, position);
  }
}
