package io.bpfman.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Vert.x for processes that are not on the bus. The caller closes it. */
public final class LocalVertx {
  private LocalVertx() {}

  /**
   * One event loop, which the socket and all its connections fit, and as few other threads as
   * Vert.x allows; blocking work brings its own pool.
   */
  public static Vertx create() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setPreferNativeTransport(true)
            .setFileSystemOptions(withoutCache()));
  }

  /**
   * Of a Vert.x that reads no files from jars, and so makes no cache directory, which a SIGKILL
   * would leave behind.
   */
  public static FileSystemOptions withoutCache() {
    return new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
  }
}
