package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.core.MapView;
import io.bpfman.loader.core.btf.BtfVariable;
import io.bpfman.loader.port.BpfMaps;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.MapVariable;
import java.util.Iterator;

/** The global variables of a section. */
final class VariableParts implements DumpParts {
  private static final int PART_BYTES = 256 << 10;

  private final MapOperations maps;
  private final MapView map;
  private final Iterator<BtfVariable> variables;
  private long left;
  private volatile boolean done;

  /**
   * @param limit of variables in all parts
   */
  VariableParts(MapOperations maps, MapView map, long limit) {
    this.maps = maps;
    this.map = map;
    this.variables = map.variables().iterator();
    this.left = limit;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public DumpMapResponse next() {
    DumpMapResponse.Builder part = MapMessages.part(map);
    JsonRoom room = JsonRoom.ofOneMessage();
    int bytes = 0;
    while (bytes < PART_BYTES && left > 0 && variables.hasNext()) {
      BtfVariable variable = variables.next();
      part.addVariables(shown(variable, room));
      bytes += Math.min(variable.size(), BpfMaps.MAX_ENTRY_BYTES);
      left--;
    }
    done = left == 0 || !variables.hasNext();
    return part.setTruncated(done && variables.hasNext()).build();
  }

  private MapVariable shown(BtfVariable variable, JsonRoom room) {
    return variable.size() > BpfMaps.MAX_ENTRY_BYTES
        ? MapMessages.describe(variable)
            .setNote(
                "%d bytes; the limit is %d (4 MiB)"
                    .formatted(variable.size(), BpfMaps.MAX_ENTRY_BYTES))
            .build()
        : MapMessages.variable(variable, maps.variable(map, variable), room);
  }
}
