package io.bpfman.operator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.operator.port.StatusSnapshot;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.ProgramReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the condition of a State object says. */
class VerdictsTest {
  private static final LinkState ON = LinkState.LINK_STATE_ATTACHED;
  private static final LinkState OFF = LinkState.LINK_STATE_NOT_ATTACHED;

  @Test
  void oneIsSingularAndAnyOtherNumberIsPlural() {
    assertEquals("1 program loaded, 1 link attached", message(List.of(ON)));
    assertEquals("1 program loaded, 2 links attached", message(List.of(ON, ON)));
    assertEquals("2 programs loaded, 2 links attached", message(List.of(ON), List.of(ON)));
    assertEquals("0 programs loaded, 0 links attached", message());
  }

  @Test
  void aProgramWhoseLinksSelectNothingIsASuccessThatSaysSo() {
    assertEquals(
        "1 program loaded, 0 links attached; nothing on this node matches the links of count",
        message(List.of()));
    Condition condition = condition(List.of());
    assertEquals("Success", condition.getType());
    assertEquals("NoMatch", condition.getReason());
  }

  @Test
  void missingLinksAreCountedInTheirNumber() {
    assertEquals("1 of 1 link is not attached yet", message(List.of(OFF)));
    assertEquals("1 of 2 links is not attached yet", message(List.of(ON, OFF)));
    assertEquals("2 of 3 links are not attached yet", message(List.of(OFF, ON), List.of(OFF)));
  }

  @SafeVarargs
  private static String message(List<LinkState>... programs) {
    return condition(programs).getMessage();
  }

  @SafeVarargs
  private static Condition condition(List<LinkState>... programs) {
    ApplicationReport report =
        Fixtures.loaded("app", ON).toBuilder()
            .clearPrograms()
            .addAllPrograms(Stream.of(programs).map(VerdictsTest::program).toList())
            .build();
    Fleet fleet = new Fleet(Fixtures.HEARTBEAT, 0);
    fleet.report(Fixtures.full("n1", report), Fixtures.START);
    fleet.setApplications(List.of(Fixtures.managed("app", "{}")));
    StatusSnapshot snapshot =
        new StatusBook(StatusSnapshot.empty()).update(fleet, List.of(), Fixtures.START);
    return Objects.requireNonNull(snapshot.states().getFirst().resource().getStatus())
        .getConditions()
        .getFirst();
  }

  private static ProgramReport program(List<LinkState> links) {
    return Fixtures.loaded("app", ON).getPrograms(0).toBuilder()
        .clearLinks()
        .addAllLinks(links.stream().map(VerdictsTest::link).toList())
        .build();
  }

  private static LinkReport link(LinkState state) {
    return Fixtures.loaded("app", state).getPrograms(0).getLinks(0);
  }
}
