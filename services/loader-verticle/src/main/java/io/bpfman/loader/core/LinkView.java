package io.bpfman.loader.core;

import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramSpec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One link: what was recorded and what is there now.
 *
 * @param position among our links on the same network hook, from 0, lower runs first; 0 for links
 *     on none, and while it is being detached
 * @param program what runs; null when it was unloaded meanwhile
 * @param dispatcher that runs it; null without one
 */
public record LinkView(
    LinkRecord record,
    LinkHealth health,
    Path pin,
    int position,
    @Nullable ProgramSpec program,
    @Nullable DispatcherRecord dispatcher) {

  /** Type of its program as requested: {@code uretprobe}, {@code tcx} ... */
  public String kind() {
    return program == null ? record.spec().kind() : program.type().cliName();
  }
}
