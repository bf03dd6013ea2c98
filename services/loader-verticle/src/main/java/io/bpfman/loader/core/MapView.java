package io.bpfman.loader.core;

import io.bpfman.loader.core.btf.BtfException;
import io.bpfman.loader.core.btf.BtfValueType;
import io.bpfman.loader.core.btf.BtfVariable;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.loader.port.MapRef;
import io.bpfman.model.ProgramId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map of programs of ours.
 *
 * @param name as in the object; the kernel's for maps that hold global variables
 * @param key null without usable type information
 * @param value null without usable type information
 * @param users programs of ours, ascending
 */
public record MapView(
    String name,
    MapRef ref,
    MapFacts facts,
    @Nullable BtfValueType key,
    @Nullable BtfValueType value,
    List<ProgramId> users) {

  /** The global variables that it holds; none when it is another map. */
  public List<BtfVariable> variables() {
    return value == null ? List.of() : value.variables();
  }

  /** Name of the section of global variables that it holds; empty when it is another map. */
  String section() {
    try {
      return value == null || variables().isEmpty() ? "" : value.name();
    } catch (BtfException unnamed) {
      return "";
    }
  }

  MapView usedBy(ProgramId program) {
    return new MapView(name, ref, facts, key, value, List.of(program));
  }
}
