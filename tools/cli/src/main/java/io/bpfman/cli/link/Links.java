package io.bpfman.cli.link;

import io.bpfman.cli.LoaderSession;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ListLinksRequest;
import java.util.List;

/** Looks links up by their ids. */
public final class Links {
  private Links() {}

  /** LINK_NOT_FOUND when the daemon has no such link. */
  static Link find(LoaderSession session, int id) {
    return of(session, ListLinksRequest.getDefaultInstance()).stream()
        .filter(link -> link.getId() == id)
        .findFirst()
        .orElseThrow(
            () ->
                FailureCode.LINK_NOT_FOUND.because(
                    "link %s does not exist".formatted(Integer.toUnsignedString(id)),
                    "`bpfman link list` shows those that do"));
  }

  /** Links of one program, ordered by id; none when the server cannot list links. */
  public static List<Link> ofProgram(LoaderSession session, int program) {
    try {
      return of(session, ListLinksRequest.newBuilder().setProgramId(program).build());
    } catch (BpfmanException failed) {
      if (failed.code() == FailureCode.UNIMPLEMENTED) {
        return List.of();
      }
      throw failed;
    }
  }

  /** The link that was just made; what was asked for when the server cannot list links. */
  static Link attached(LoaderSession session, int id, int program, AttachInfo asked) {
    return ofProgram(session, program).stream()
        .filter(link -> link.getId() == id)
        .findFirst()
        .orElseGet(
            () -> Link.newBuilder().setId(id).setProgramId(program).setAttach(asked).build());
  }

  private static List<Link> of(LoaderSession session, ListLinksRequest request) {
    return session.call(loader -> loader.listLinks(request)).getLinksList();
  }
}
