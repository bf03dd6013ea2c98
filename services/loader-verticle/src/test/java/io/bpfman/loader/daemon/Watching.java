package io.bpfman.loader.daemon;

import io.bpfman.contract.LoaderWatch;
import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A client that watches and remembers all that it heard. */
final class Watching implements AutoCloseable {
  private final GrpcLoader loader;
  private final LoaderWatch watch;
  private final List<WatchEvent> heard = new CopyOnWriteArrayList<>();

  /** Answers when the stream is live. */
  Watching(Vertx vertx, Path socket, WatchKind... kinds) {
    loader = new GrpcLoader(vertx, socket);
    watch = loader.watch(WatchRequest.newBuilder().addAllKinds(List.of(kinds)).build(), heard::add);
    await(event -> event.getKind() == WatchKind.WATCH_KIND_WATCHING);
  }

  List<WatchEvent> heard() {
    return List.copyOf(heard);
  }

  List<WatchKind> kinds() {
    return heard.stream().map(WatchEvent::getKind).toList();
  }

  LoaderWatch watch() {
    return watch;
  }

  /** The first such event, once it has come. */
  WatchEvent await(Predicate<WatchEvent> wanted) {
    Awaitility.await("an event is told")
        .pollInterval(2, TimeUnit.MILLISECONDS)
        .atMost(10, TimeUnit.SECONDS)
        .failFast(() -> watch.end().isComplete())
        .until(() -> heard.stream().anyMatch(wanted));
    return heard.stream().filter(wanted).findFirst().orElseThrow();
  }

  WatchEvent await(WatchKind kind) {
    return await(event -> event.getKind() == kind);
  }

  /** Ends the connection without a word. */
  @Override
  public void close() {
    loader.close().await();
  }
}
