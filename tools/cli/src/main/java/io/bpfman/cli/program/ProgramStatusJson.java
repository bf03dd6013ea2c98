package io.bpfman.cli.program;

import io.bpfman.cli.link.LinkView;
import io.bpfman.cli.output.Fields;
import io.bpfman.proto.x.v1.Program;
import io.bpfman.proto.x.v1.ProgramMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is there of a program now, as bpfman writes it. */
record ProgramStatusJson(Program program, List<LinkView> links) {

  /** Right after a load bpfman has neither counted runs nor looked at the pins of maps. */
  Map<String, @Nullable Object> fresh() {
    return json(null, program.getMapsList().stream().map(map -> map(map, false)).toList());
  }

  Map<String, @Nullable Object> observed() {
    return json(stats(), program.getMapsList().stream().map(map -> map(map, true)).toList());
  }

  private Map<String, @Nullable Object> json(
      @Nullable Map<String, @Nullable Object> stats, List<Map<String, @Nullable Object>> maps) {
    return new Fields()
        .put("kernel", new KernelProgramJson(program).json())
        .put("stats", stats)
        .put("prog_pin", ProgramRecordJson.pinPath(program))
        .put("map_dir", program.getInfo().getMapPinPath())
        .put("bytecode", ProgramRecordJson.objectPath(program))
        .put("links", links.stream().map(LinkView::json).toList())
        .put("maps", maps)
        .put(
            "map_used_by",
            program.getInfo().getMapUsedByList().stream().map(Long::valueOf).toList())
        .map();
  }

  private Map<String, @Nullable Object> stats() {
    return new Fields()
        .put("runtime", program.getRunTimeNs())
        .put("run_count", program.getRunCount())
        .put("recursion_misses", program.getRecursionMisses())
        .map();
  }

  private static Map<String, @Nullable Object> map(ProgramMap map, boolean withPin) {
    return new Fields()
        .put("id", Integer.toUnsignedLong(map.getId()))
        .put("name", map.getName())
        .put("map_type", KernelTypes.mapName(map.getType()))
        .put("key_size", Integer.toUnsignedLong(map.getKeySize()))
        .put("value_size", Integer.toUnsignedLong(map.getValueSize()))
        .put("max_entries", Integer.toUnsignedLong(map.getMaxEntries()))
        .put("flags", Integer.toUnsignedLong(map.getFlags()))
        .put("btf_id", Integer.toUnsignedLong(map.getBtfId()))
        .put("has_btf_id", map.getBtfId() != 0)
        .put("map_extra", map.getMapExtra())
        .put("has_map_extra", map.getMapExtra() != 0)
        .put("memlock", map.getBytesMemlock())
        .put("has_memlock", map.getBytesMemlock() != 0)
        .put("frozen", map.getFrozen())
        .put("pin_path", withPin ? map.getPinPath() : "")
        .put("present", withPin && map.getPinPresent())
        .map();
  }
}
