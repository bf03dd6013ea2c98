package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.ObjectCopies;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The places that hold state: kernel, pins, store and copies of objects. */
public record Platform(BpfKernel kernel, PinTree pins, ProgramStore store, ObjectCopies copies) {

  /**
   * To be called before anything is pinned: somebody may have unmounted the bpffs meanwhile, which
   * is told.
   */
  void requirePinTree(EventHub events) {
    if (kernel.ensureBpffs(pins.root())) {
      pins.prepare();
      events.publish(new LoaderEvent.PinsLost());
    }
  }

  /** Links on one hook that may have a chain, whatever their stage, by ascending id. */
  Stream<LinkRecord> linksOn(ChainKey key) {
    return store.linksAt(key.hook()).stream()
        .filter(link -> ChainType.of(link.spec()).filter(key.type()::equals).isPresent());
  }

  /** How a link is attached at its place among existing TCX programs. */
  AttachOrder order(ProgramRecord program, LinkRecord link, TcxPosition position) {
    return new AttachOrder(
        link.id(),
        program,
        link.spec(),
        pins.program(program.id()),
        pins.link(link.id()),
        link.hook().orElse(null),
        position);
  }

  /** Pins of maps shared by name that no program uses any more. */
  List<Path> unusedSharedMaps() {
    return unusedSharedMaps(List.copyOf(pins.mapPins(pins.shared()).keySet()));
  }

  /**
   * Pins of those of {@code names} that no program uses any more; asks nobody when there are none.
   * None while there are programs of a store that was lost, of which nobody knows what they share.
   */
  List<Path> unusedSharedMaps(List<String> names) {
    return names.isEmpty() || StoreRecovery.isUnderWay(store)
        ? List.of()
        : store.unusedSharedMaps(names).stream().map(pins.shared()::resolve).toList();
  }
}
