package io.bpfman.loader.core;

import io.bpfman.loader.port.ObjectReader;
import java.time.InstantSource;

/** The loader put together over one platform. */
public final class LoaderCore {
  private final ProgramOperations programs;
  private final LinkOperations links;
  private final Inventory inventory;
  private final Doctor doctor;
  private final StoreRecovery recovery;
  private final MapOperations maps;
  private final Diagnostics diagnostics;
  private final Dispatchers dispatchers = new Dispatchers();

  public LoaderCore(Platform platform, ObjectReader objects, InstantSource clock) {
    links = new LinkOperations(platform, new Locks());
    programs = new ProgramOperations(platform, objects, links, clock);
    inventory = new Inventory(platform);
    recovery = new StoreRecovery(platform, clock);
    maps = new MapOperations(platform, inventory);
    diagnostics = new Diagnostics(platform);
    doctor = new Doctor(platform, programs, links, inventory);
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

  public Dispatchers dispatchers() {
    return dispatchers;
  }

  /** Its repair is to be run once before any operation. */
  public Doctor doctor() {
    return doctor;
  }
}
