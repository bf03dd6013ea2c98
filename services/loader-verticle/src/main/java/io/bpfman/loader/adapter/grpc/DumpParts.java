package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.core.MapView;
import io.bpfman.loader.port.MapDump;
import io.bpfman.loader.port.MapPage;
import io.bpfman.proto.x.v1.DumpMapResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One dump, read part by part. Blocking; one thread at a time. */
final class DumpParts {
  private final MapOperations maps;
  private final MapView map;
  private final boolean typed;
  private long left;
  private MapPage.@Nullable Position position;
  private volatile boolean done;

  /**
   * @param limit of entries in all parts
   */
  DumpParts(MapOperations maps, MapView map, long limit, boolean typed) {
    this.maps = maps;
    this.map = map;
    this.left = limit;
    this.typed = typed;
  }

  /** Whether the last part was read. */
  boolean isDone() {
    return done;
  }

  DumpMapResponse next() {
    MapPage page = maps.page(map, position);
    List<MapDump.Entry> entries = page.entries();
    boolean cut = entries.size() > left;
    List<MapDump.Entry> shown = cut ? entries.subList(0, (int) left) : entries;
    left -= shown.size();
    position = page.next().orElse(null);
    boolean more = cut || (left == 0 && position != null && hasMore());
    done = position == null || left == 0;
    return MapMessages.part(map, shown, typed).setTruncated(more).build();
  }

  /** The kernel may say that there is more when there is nothing. */
  private boolean hasMore() {
    return !maps.page(map, position).entries().isEmpty();
  }
}
