package io.bpfman.loader.port;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attach, decided.
 *
 * @param programPin pin of the program
 * @param linkPin where the new link is pinned; its directory exists
 * @param hook on which it goes, whatever its name is by now; null: no network hook
 * @param position place among existing TCX programs; {@link TcxPosition.Last} for all other kinds
 */
public record AttachOrder(
    LinkId id,
    ProgramRecord program,
    AttachSpec spec,
    Path programPin,
    Path linkPin,
    @Nullable HookId hook,
    TcxPosition position) {

  /** Of an order for a network hook. */
  public HookId networkHook() {
    return Objects.requireNonNull(hook, "an attach to an interface names its hook");
  }

  /** The same with another place for the link's pin. */
  public AttachOrder pinnedAt(Path pin) {
    return new AttachOrder(id, program, spec, programPin, pin, hook, position);
  }
}
