package io.bpfman.loader.daemon;

import io.bpfman.loader.adapter.elf.ElfProbeTargets;
import io.bpfman.loader.adapter.host.HostView;
import io.bpfman.loader.adapter.toml.ConfigFile;
import io.bpfman.loader.adapter.toml.ConfigFileReader;
import io.bpfman.loader.port.BpfKernel;
import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.LocalVertx;
import io.bpfman.runtime.StandardError;
import io.bpfman.runtime.config.ConfigReader;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code bpfman serve}. */
public final class DaemonMain {
  private static final Path CONFIG_FILE = Path.of("/etc/bpfman/bpfman.toml");

  /** As long as the JVM would wait for them anyway. */
  private static final Duration THREADS_LIMIT = Duration.ofMillis(300);

  private DaemonMain() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int code = run(List.of(arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Serves until SIGTERM or SIGINT. Answers the exit code: 0, or 1 after one sentence on stderr.
   */
  public static int run(List<String> arguments) {
    ConfigReader reader = new ConfigReader(System.getenv(), arguments);
    if (reader.wantsHelp()) {
      System.out.print(ConfigReader.help("bpfman serve", DaemonConfig.KEYS));
      return System.out.checkError() ? 1 : 0;
    }
    StandardError error = StandardError.install();
    try {
      DaemonConfig config = reader.read(DaemonConfig.KEYS, DaemonConfig::from);
      HostView host = HostView.of(config.hostProc(), config.hostRoot());
      // Binding libbpf takes as long as all the rest of the start; with two cores both go at once.
      CompletableFuture<BpfKernel> kernel =
          CompletableFuture.supplyAsync(() -> LoaderInstance.bindKernel(new ElfProbeTargets(host)));
      configureLogging(config.logLevel(), configFile(config.configFile()));
      LoggerFactory.getLogger(DaemonMain.class).debug("targets of probes: {}", host);
      serve(config, kernel, error);
      return 0;
    } catch (BpfmanException e) {
      System.err.println("bpfman serve: " + e.getMessage());
      error.close();
      return 1;
    }
  }

  /**
   * @param given must exist; null: the usual one, which need not
   */
  private static ConfigFile configFile(@Nullable Path given) {
    if (given == null && !Files.exists(CONFIG_FILE)) {
      return ConfigFile.EMPTY;
    }
    return ConfigFileReader.read(given == null ? CONFIG_FILE : given);
  }

  private static void configureLogging(@Nullable String level, ConfigFile file) {
    List<String> withoutEffect = LogSettings.apply(level, file);
    Logger log = LoggerFactory.getLogger(DaemonMain.class);
    file.notes().forEach(log::warn);
    withoutEffect.forEach(log::warn);
    if (!file.signing().isDefault()) {
      log.warn("[signing] has been checked, but this version pulls no images to apply it to");
    }
  }

  private static void serve(
      DaemonConfig config, CompletableFuture<BpfKernel> kernel, StandardError error) {
    Vertx vertx = LocalVertx.create();
    CountDownLatch stopped = new CountDownLatch(1);
    Daemon daemon = openOrClose(vertx, config, kernel);
    ServiceManager manager = ServiceManager.of(System.getenv(), ProcessHandle.current().pid());
    manager.ready();
    // On the event loop, so that a daemon whose loop hangs is found out.
    manager
        .pingInterval()
        .ifPresent(
            interval ->
                vertx.setPeriodic(Math.max(1, interval.toMillis()), timer -> manager.alive()));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LoggerFactory.getLogger(DaemonMain.class).info("stopping; programs stay");
                  manager.stopping();
                  daemon.close();
                  endThreads(vertx);
                  error.close();
                  stopped.countDown();
                },
                "shutdown"));
    awaitQuietly(stopped);
  }

  /**
   * The JVM waits 300 ms for threads in native code before it ends, and event loops sit in
   * epoll_wait(2). Without them it ends at once; nothing depends on it.
   */
  private static void endThreads(Vertx vertx) {
    try {
      vertx.close().await(THREADS_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LoggerFactory.getLogger(DaemonMain.class)
          .debug("threads are still at work: {}", late.toString());
    }
  }

  private static Daemon openOrClose(
      Vertx vertx, DaemonConfig config, CompletableFuture<BpfKernel> kernel) {
    try {
      return Daemon.open(vertx, config, () -> bound(kernel));
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  private static BpfKernel bound(CompletableFuture<BpfKernel> kernel) {
    try {
      return kernel.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void awaitQuietly(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
