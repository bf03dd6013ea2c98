package io.bpfman.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.InterfaceDiscovery;
import io.bpfman.proto.bus.v1.InterfaceSelector;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.NetworkLink;
import io.bpfman.proto.bus.v1.Program;
import io.bpfman.proto.bus.v1.TracepointLink;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchedInterface;
import io.bpfman.proto.x.v1.WatchedLink;
import io.bpfman.proto.x.v1.WatchedProgram;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HintTest {
  private static final List<Application> WANTED =
      List.of(
          network("named", InterfaceSelector.newBuilder().addNames("eth0")),
          network("primary", InterfaceSelector.newBuilder().setPrimary(true)),
          network(
              "discovered",
              InterfaceSelector.newBuilder().setDiscovery(InterfaceDiscovery.getDefaultInstance())),
          application(
              "traced",
              LinkSpec.newBuilder().setTracepoint(TracepointLink.newBuilder().setName("a/b"))));

  private static Application network(String key, InterfaceSelector.Builder selector) {
    return application(
        key, LinkSpec.newBuilder().setNetwork(NetworkLink.newBuilder().setInterfaces(selector)));
  }

  private static Application application(String key, LinkSpec.Builder link) {
    return Application.newBuilder()
        .setKey(key)
        .addPrograms(Program.newBuilder().setName("p").addLinks(link))
        .build();
  }

  private static Set<String> keys(WatchKind kind, String name, String oldName) {
    WatchEvent event =
        WatchEvent.newBuilder()
            .setKind(kind)
            .setInterface(WatchedInterface.newBuilder().setName(name).setOldName(oldName))
            .build();
    Hint hint = Hint.of(event, WANTED);
    assertEquals(false, hint.everything());
    return hint.keys();
  }

  @Test
  void interfaceThatAppearsConcernsThoseThatMayChooseIt() {
    WatchKind appeared = WatchKind.WATCH_KIND_INTERFACE_APPEARED;
    assertEquals(Set.of("named", "primary", "discovered"), keys(appeared, "eth0", ""));
    assertEquals(Set.of("primary", "discovered"), keys(appeared, "eth1", ""));
  }

  @Test
  void renamedInterfaceConcernsBothNames() {
    WatchKind renamed = WatchKind.WATCH_KIND_INTERFACE_RENAMED;
    assertTrue(keys(renamed, "wan", "eth0").contains("named"));
    assertTrue(keys(renamed, "eth0", "wan").contains("named"));
  }

  @Test
  void stateOfANamedInterfaceDoesNotMatter() {
    assertEquals(
        Set.of("primary", "discovered"), keys(WatchKind.WATCH_KIND_INTERFACE_UP, "eth0", ""));
    assertEquals(
        Set.of("primary", "discovered"), keys(WatchKind.WATCH_KIND_INTERFACE_DOWN, "eth0", ""));
  }

  @Test
  void lossConcernsTheOwner() {
    WatchEvent.Builder lost =
        WatchEvent.newBuilder()
            .setKind(WatchKind.WATCH_KIND_LINK_LOST)
            .setLink(WatchedLink.newBuilder().putMetadata(MetadataKeys.APPLICATION, "named"));
    assertEquals(new Hint(false, Set.of("named")), Hint.of(lost.build(), WANTED));
    WatchEvent.Builder foreign =
        WatchEvent.newBuilder()
            .setKind(WatchKind.WATCH_KIND_PROGRAM_LOST)
            .setProgram(WatchedProgram.newBuilder().putMetadata("owner", "somebody"));
    assertTrue(Hint.of(foreign.build(), WANTED).isEmpty());
  }

  @Test
  void gapInTheEventsConcernsEverything() {
    for (WatchKind kind :
        List.of(
            WatchKind.WATCH_KIND_WATCHING,
            WatchKind.WATCH_KIND_OVERFLOW,
            WatchKind.WATCH_KIND_PINS_LOST)) {
      assertTrue(Hint.of(WatchEvent.newBuilder().setKind(kind).build(), WANTED).everything());
    }
  }

  @Test
  void whatTheAgentMakesItselfIsNoHint() {
    for (WatchKind kind :
        List.of(
            WatchKind.WATCH_KIND_LINK_ATTACHED,
            WatchKind.WATCH_KIND_PROGRAM_LOADED,
            WatchKind.WATCH_KIND_OBJECT_LOADED,
            WatchKind.WATCH_KIND_UNSPECIFIED)) {
      WatchEvent event =
          WatchEvent.newBuilder()
              .setKind(kind)
              .setLink(WatchedLink.newBuilder().putMetadata(MetadataKeys.APPLICATION, "named"))
              .build();
      assertTrue(Hint.of(event, WANTED).isEmpty(), kind.name());
    }
    assertTrue(Hint.of(WatchEvent.newBuilder().setKindValue(99).build(), WANTED).isEmpty());
  }

  @Test
  void hintsAddUp() {
    Hint both = new Hint(false, Set.of("a")).and(new Hint(true, Set.of("b")));
    assertEquals(new Hint(true, Set.of("a", "b")), both);
  }
}
