package io.bpfman.cli.program;

import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.link.Links;
import io.bpfman.proto.x.v1.Link;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All links of a daemon, fetched at once. */
final class LinksByProgram {
  /** What ListLinks takes for "of every program". */
  private static final int ANY = 0;

  private final Map<Integer, List<Link>> links;

  LinksByProgram(LoaderSession session) {
    links =
        Links.ofProgram(session, ANY).stream().collect(Collectors.groupingBy(Link::getProgramId));
  }

  List<Link> of(int program) {
    return links.getOrDefault(program, List.of());
  }
}
