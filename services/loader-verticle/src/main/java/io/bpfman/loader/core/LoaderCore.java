package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.port.ObjectReader;
import java.time.InstantSource;

/** The loader put together over one platform. */
public final class LoaderCore {
  private final ProgramOperations programs;
  private final LinkOperations links;
  private final Inventory inventory;
  private final StartupRepair repair;
  private final StoreRecovery recovery;
  private final MapOperations maps;
  private final Diagnostics diagnostics;
  private final EventHub events;

  public LoaderCore(Platform platform, ObjectReader objects, InstantSource clock) {
    Locks locks = new Locks();
    events = new EventHub(clock, hub -> Watcher.start(platform, locks, hub));
    links = new LinkOperations(platform, locks, events);
    programs = new ProgramOperations(platform, objects, links, clock);
    inventory = new Inventory(platform);
    recovery = new StoreRecovery(platform, clock);
    maps = new MapOperations(platform, inventory);
    diagnostics = new Diagnostics(platform);
    repair = new StartupRepair(platform, programs, links, inventory);
  }

  public ProgramOperations programs() {
    return programs;
  }

  public LinkOperations links() {
    return links;
  }

  public Inventory inventory() {
    return inventory;
  }

  /** To be run before the repair, and only when the store was lost. */
  public StoreRecovery recovery() {
    return recovery;
  }

  public MapOperations maps() {
    return maps;
  }

  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** What happens, for whoever watches. */
  public EventHub events() {
    return events;
  }

  /** To be run once, before any operation. */
  public StartupRepair repair() {
    return repair;
  }
}
