package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.port.ObjectReader;
import java.time.InstantSource;

/** The loader put together over one platform. */
public final class LoaderCore {
  private final ProgramOperations programs;
  private final ProgramReplacement replacement;
  private final LinkOperations links;
  private final Inventory inventory;
  private final ProgramFiles files;
  private final Doctor doctor;
  private final StoreRecovery recovery;
  private final MapOperations maps;
  private final Diagnostics diagnostics;
  private final Dispatchers dispatchers;
  private final EventHub events;

  public LoaderCore(Platform platform, ObjectReader objects, InstantSource clock) {
    Locks locks = new Locks();
    LinkHealths healths = new LinkHealths(platform);
    events = new EventHub(clock, hub -> Watcher.start(platform, locks, hub));
    ChainBuilder builder = new ChainBuilder(platform, healths, objects);
    Chains chains = new Chains(platform, healths, builder);
    links = new LinkOperations(platform, chains, locks, events);
    ObjectLoading loading = new ObjectLoading(platform, objects, clock, locks);
    programs = new ProgramOperations(platform, loading, links);
    replacement = new ProgramReplacement(platform, loading, programs, links);
    inventory = new Inventory(platform, healths);
    files = new ProgramFiles(platform);
    recovery = new StoreRecovery(platform, clock);
    maps = new MapOperations(platform, inventory);
    diagnostics = new Diagnostics(platform);
    dispatchers = new Dispatchers(platform);
    doctor =
        new Doctor(
            platform,
            programs,
            links,
            new DriftFinder(platform, links, inventory, new ChainRepair(chains)));
  }

  public ProgramOperations programs() {
    return programs;
  }

  public ProgramReplacement replacement() {
    return replacement;
  }

  public LinkOperations links() {
    return links;
  }

  public Inventory inventory() {
    return inventory;
  }

  public ProgramFiles files() {
    return files;
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

  public Dispatchers dispatchers() {
    return dispatchers;
  }

  /** What happens, for whoever watches. */
  public EventHub events() {
    return events;
  }

  /** Its repair is to be run once before any operation. */
  public Doctor doctor() {
    return doctor;
  }
}
