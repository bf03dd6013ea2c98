package io.bpfman.cli.link;

import io.bpfman.cli.LoaderSession;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ListLinksRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks links up by their ids. */
public final class Links {
  private Links() {}

  /** LINK_NOT_FOUND when the daemon has no such link. */
  static Link find(LoaderSession session, int id) {
    return one(session, id)
        .orElseThrow(
            () ->
                FailureCode.LINK_NOT_FOUND.because(
                    "link %s does not exist".formatted(Integer.toUnsignedString(id)),
                    "`bpfman link list` shows those that do"));
  }

  private static Optional<Link> one(LoaderSession session, int id) {
    ListLinksRequest request =
        ListLinksRequest.newBuilder().setLinkId(id).setWithKernel(true).build();
    return of(session, request).stream().filter(link -> link.getId() == id).findFirst();
  }

  /** Every link, ordered by id. */
  public static List<Link> all(LoaderSession session) {
    return of(session, ListLinksRequest.getDefaultInstance());
  }

  /** Links of one program, ordered by id; none when the server cannot list links. */
  public static List<Link> ofProgram(LoaderSession session, int program) {
    ListLinksRequest request =
        ListLinksRequest.newBuilder().setProgramId(program).setWithKernel(true).build();
    return whereKnown(() -> of(session, request)).orElse(List.of());
  }

  /** The link that was just made; what was asked for when the server cannot list links. */
  static Link attached(LoaderSession session, int id, int program, AttachInfo asked) {
    return whereKnown(() -> one(session, id))
        .flatMap(found -> found)
        .orElseGet(
            () -> Link.newBuilder().setId(id).setProgramId(program).setAttach(asked).build());
  }

  private static List<Link> of(LoaderSession session, ListLinksRequest request) {
    return session.call(loader -> loader.listLinks(request)).getLinksList();
  }

  /** Empty when the server knows only bpfman.v1. */
  private static <T> Optional<T> whereKnown(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (BpfmanException failed) {
      if (failed.code() == FailureCode.UNIMPLEMENTED) {
        return Optional.empty();
      }
      throw failed;
    }
  }
}
