package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.core.MapView;
import io.bpfman.loader.port.MapEntry;
import io.bpfman.loader.port.MapPage;
import io.bpfman.proto.x.v1.DumpMapResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a map. */
final class EntryParts implements DumpParts {
  private final MapOperations maps;
  private final MapView map;
  private final boolean typed;
  private long left;
  private MapPage.@Nullable Position position;
  private volatile boolean done;

  /**
   * @param limit of entries in all parts
   */
  EntryParts(MapOperations maps, MapView map, long limit, boolean typed) {
    this.maps = maps;
    this.map = map;
    this.left = limit;
    this.typed = typed;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public DumpMapResponse next() {
    MapPage page = maps.page(map, position);
    List<MapEntry> entries = page.entries();
    boolean cut = entries.size() > left;
    List<MapEntry> shown = cut ? entries.subList(0, (int) left) : entries;
    left -= shown.size();
    position = page.next().orElse(null);
    boolean more = cut || (left == 0 && position != null && hasMore());
    done = position == null || left == 0;
    JsonRoom room = typed ? JsonRoom.ofOneMessage() : JsonRoom.none();
    DumpMapResponse.Builder part = MapMessages.part(map).setTruncated(more);
    shown.forEach(entry -> part.addEntries(MapMessages.entry(map, entry, room)));
    return part.build();
  }

  /** The kernel may say that there is more when there is nothing. */
  private boolean hasMore() {
    return !maps.page(map, position).entries().isEmpty();
  }
}
