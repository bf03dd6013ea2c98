package io.bpfman.agent;

import io.bpfman.agent.core.Observed;
import io.bpfman.agent.core.ObservedApplication;
import io.bpfman.agent.core.ObservedLink;
import io.bpfman.contract.Loader;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.v1.GetRequest;
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
            .recover(thrown -> absent(FailureCode.UNIMPLEMENTED, thrown));
    return Future.all(programs, links)
        .compose(
            _ ->
                links
                    .result()
                    .map(found -> Future.succeededFuture(of(programs.result(), found)))
                    .orElseGet(() -> withLinkIds(programs.result()).map(this::ofIds)));
  }

  private Map<String, ObservedApplication> of(ListResponse programs, List<Link> links) {
    return Observed.of(programs, links, replaces);
  }

  private Map<String, ObservedApplication> ofIds(ListResponse programs) {
    return Observed.ofIds(programs, attachedHere);
  }

  /** bpfman's Go daemon leaves link ids out of List; only its Get tells them. */
  private Future<ListResponse> withLinkIds(ListResponse listed) {
    List<Future<Optional<ListResponse.ListResult>>> programs =
        listed.getResultsList().stream()
            .filter(result -> result.getInfo().containsMetadata(MetadataKeys.APPLICATION))
            .map(this::withLinkIds)
            .toList();
    return Future.all(programs)
        .map(
            _ -> {
              ListResponse.Builder whole = ListResponse.newBuilder();
              programs.forEach(program -> program.result().ifPresent(whole::addResults));
              return whole.build();
            });
  }

  /** Empty when the program was unloaded since it was listed. */
  private Future<Optional<ListResponse.ListResult>> withLinkIds(ListResponse.ListResult listed) {
    if (listed.getInfo().getLinksCount() > 0) {
      return Future.succeededFuture(Optional.of(listed));
    }
    return loader
        .get(GetRequest.newBuilder().setId(listed.getKernelInfo().getId()).build())
        .map(found -> Optional.of(listed.toBuilder().setInfo(found.getInfo()).build()))
        .recover(thrown -> absent(FailureCode.PROGRAM_NOT_FOUND, thrown));
  }

  private static <T> Future<Optional<T>> absent(FailureCode expected, Throwable thrown) {
    return thrown instanceof BpfmanException known && known.code() == expected
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(thrown);
  }
}
