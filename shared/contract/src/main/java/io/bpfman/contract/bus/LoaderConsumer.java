package io.bpfman.contract.bus;

import io.bpfman.contract.Loader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.InstantSource;

/** Answers for the loader of a node. */
public final class LoaderConsumer {
  private LoaderConsumer() {}

  /**
   * Call it on the verticle's context; unregister the consumer when it stops.
   *
   * @param address {@link BusAddresses#OWN_LOADER}; whoever can send to it can change programs
   */
  public static Future<MessageConsumer<Buffer>> register(
      Vertx vertx, String address, Loader loader) {
    return new BusResponder(address, InstantSource.system())
        .on(LoaderCalls.LOAD, loader::load)
        .on(LoaderCalls.UNLOAD, loader::unload)
        .on(LoaderCalls.ATTACH, loader::attach)
        .on(LoaderCalls.DETACH, loader::detach)
        .on(LoaderCalls.PULL_BYTECODE, loader::pullBytecode)
        .on(LoaderCalls.LIST, loader::list)
        .on(LoaderCalls.GET, loader::get)
        .on(LoaderCalls.LIST_LINKS, loader::listLinks)
        .on(LoaderCalls.DUMP_MAP, loader::dumpMap)
        .on(LoaderCalls.VERIFIER_LOG, loader::verifierLog)
        .on(LoaderCalls.DESCRIBE, loader::describe)
        .on(LoaderCalls.LIST_MAPS, loader::listMaps)
        .on(LoaderCalls.LOOKUP_MAP, loader::lookupMap)
        .on(LoaderCalls.UPDATE_MAP, loader::updateMap)
        .on(LoaderCalls.DELETE_MAP_ENTRY, loader::deleteMapEntry)
        .on(LoaderCalls.REPLACE, loader::replace)
        .on(LoaderCalls.STATS, loader::stats)
        .on(LoaderCalls.PROBE, loader::probe)
        .on(LoaderCalls.CHECK, loader::check)
        .on(LoaderCalls.DOCTOR, loader::doctor)
        .on(LoaderCalls.LIST_DISPATCHERS, loader::listDispatchers)
        .on(LoaderCalls.LIST_PROGRAMS, loader::listPrograms)
        .register(vertx);
  }
}
