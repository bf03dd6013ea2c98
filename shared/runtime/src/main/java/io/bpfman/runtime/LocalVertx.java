package io.bpfman.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Vert.x for processes that are not on the bus. The caller closes it. */
public final class LocalVertx {
  private LocalVertx() {}

  /**
   * One event loop, which the socket and all its connections fit, and as few other threads as
   * Vert.x allows; blocking work brings its own pool. Makes no cache directory.
   */
  public static Vertx create() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setPreferNativeTransport(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }
}
