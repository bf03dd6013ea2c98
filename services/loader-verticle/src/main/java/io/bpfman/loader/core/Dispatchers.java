package io.bpfman.loader.core;

import java.util.List;

/** Dispatchers of this daemon. Takes no lock and changes nothing. */
public final class Dispatchers {
  Dispatchers() {}

  /** By type, then network namespace, then interface; programs alone on their hook need none. */
  public List<DispatcherView> list() {
    return List.of();
  }
}
