package io.bpfman.loader.core;

import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replacement did.
 *
 * @param changes in the order of the request, then functions that are no more
 * @param loaded the new programs, in the order of the request
 * @param maps that both versions have, by name
 * @param warnings what could not be tidied up, one sentence each
 */
public record ReplaceView(
    List<Change> changes, List<ProgramView> loaded, List<MapChange> maps, List<String> warnings) {
  /**
   * What became of one function.
   *
   * @param old null when there was none of this name
   * @param now null when there is none any more
   * @param moved links that run the new program, ascending
   * @param lost links that were attached nowhere before and still are, ascending
   */
  public record Change(
      String name,
      @Nullable ProgramId old,
      @Nullable ProgramId now,
      List<LinkId> moved,
      List<LinkId> lost) {}

  /**
   * What became of one map.
   *
   * @param misfit why there is a new one; empty when it goes on
   */
  public record MapChange(String name, String misfit) {}
}
