package io.bpfman.agent;

import io.bpfman.agent.core.Observed;
import io.bpfman.agent.core.ObservedApplication;
import io.bpfman.agent.core.ObservedLink;
import io.bpfman.contract.Loader;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the loader has now. Used on one event loop. */
final class LoaderView {
  private final Loader loader;
  private final Map<Long, ObservedLink> attachedHere = new HashMap<>();
  private boolean replaces = true;

  LoaderView(Loader loader) {
    this.loader = loader;
  }

  /** All applications of the cluster, by key. */
  Future<Map<String, ObservedApplication>> all() {
    return read(Map.of());
  }

  Future<ObservedApplication> one(String key) {
    return read(Map.of(MetadataKeys.APPLICATION, key))
        .map(found -> found.getOrDefault(key, ObservedApplication.none(key)));
  }

  /** Remembered for servers that cannot tell what a link is. */
  void attached(ObservedLink link) {
    attachedHere.put(link.id(), link);
  }

  void detached(long link) {
    attachedHere.remove(link);
  }

  /** Whether the loader is thought to know Replace; forgotten when it was away. */
  void replaces(boolean known) {
    replaces = known;
  }

  private Future<Map<String, ObservedApplication>> read(Map<String, String> metadata) {
    Future<ListResponse> programs =
        loader.list(
            ListRequest.newBuilder()
                .setBpfmanProgramsOnly(true)
                .putAllMatchMetadata(metadata)
                .build());
    Future<Optional<List<Link>>> links =
        loader
            .listLinks(ListLinksRequest.newBuilder().putAllMatchMetadata(metadata).build())
            .map(response -> Optional.of(response.getLinksList()))
            .recover(LoaderView::withoutExtension);
    return Future.all(programs, links)
        .map(
            _ ->
                links
                    .result()
                    .map(found -> Observed.of(programs.result(), found, replaces))
                    .orElseGet(() -> Observed.ofIds(programs.result(), attachedHere)));
  }

  private static Future<Optional<List<Link>>> withoutExtension(Throwable thrown) {
    return thrown instanceof BpfmanException known && known.code() == FailureCode.UNIMPLEMENTED
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(thrown);
  }
}
