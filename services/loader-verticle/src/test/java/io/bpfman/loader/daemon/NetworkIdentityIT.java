package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.x.v1.Finding;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.proto.x.v1.ListLinksResponse;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link is where it was put, whatever the interface or the namespace is called by now. */
@Tag("kernel")
class NetworkIdentityIT {
  private static final String LATER = "later0";

  @TempDir Path directory;
  private DaemonFixture fixture;

  @BeforeEach
  void startDaemon() throws Exception {
    fixture = DaemonFixture.inOwnNamespace(directory);
  }

  @AfterEach
  void stopDaemon() throws Exception {
    fixture.close();
  }

  private int load(String function, BpfmanProgramType type) {
    return DaemonFixture.id(fixture.client().load(fixture.object, function, type));
  }

  private int attachTc(AttachInfo.Builder info) {
    return fixture.client().attach(load("count_tc", BpfmanProgramType.TC), info);
  }

  private void rename(String from, String to) {
    fixture.netns.ip("link", "set", from, "down");
    fixture.netns.ip("link", "set", from, "name", to);
    fixture.netns.ip("link", "set", to, "up");
  }

  private boolean hasFilter(String device) {
    return fixture.netns.exec("tc", "filter", "show", "dev", device, "ingress").contains("count");
  }

  private Link link(int id) {
    return fixture
        .client()
        .callExtension(
            "ListLinks",
            ListLinksRequest.getDefaultInstance(),
            ListLinksResponse.getDefaultInstance())
        .getLinksList()
        .stream()
        .filter(link -> link.getId() == id)
        .findFirst()
        .orElseThrow();
  }

  private void restart() throws Exception {
    fixture.daemon.kill();
    fixture.daemon.startBehind(List.of("nsenter", "--net=" + fixture.own.path()));
  }

  @Test
  void filterOnARenamedInterfaceIsToldAndTakenOff() {
    int link = attachTc(fixture.tc());
    rename(TestNetns.INTERFACE, LATER);
    assertEquals(LinkHealth.LINK_HEALTH_OUTDATED, link(link).getHealth());
    assertEquals(LATER, link(link).getInterfaceNow());
    assertTrue(link(link).getReason().contains("is now named " + LATER), link(link)::getReason);
    assertEquals(List.of(), fixture.client().doctor(false));
    fixture.client().detach(link);
    assertFalse(hasFilter(LATER));
  }

  @Test
  void interfaceThatTakesTheNameIsLeftAlone() throws Exception {
    int link = attachTc(fixture.tc());
    rename(TestNetns.INTERFACE, LATER);
    fixture.netns.ip("link", "add", TestNetns.INTERFACE, "type", "veth", "peer", "name", "other0");
    fixture.netns.exec("tc", "qdisc", "add", "dev", TestNetns.INTERFACE, "clsact");
    restart();
    assertFalse(hasFilter(TestNetns.INTERFACE));
    assertTrue(hasFilter(LATER));
    int second = fixture.client().attach(link(link).getProgramId(), fixture.tc());
    assertTrue(hasFilter(TestNetns.INTERFACE), "both names can have one");
    fixture.client().detach(link);
    assertTrue(hasFilter(TestNetns.INTERFACE));
    assertFalse(hasFilter(LATER));
    assertEquals(LinkHealth.LINK_HEALTH_ATTACHED, link(second).getHealth());
  }

  @Test
  void xdpAndTcxLinksSayThatTheirInterfaceWasRenamed() {
    int xdp = fixture.client().attach(load("count_xdp", BpfmanProgramType.XDP), fixture.xdp());
    int tcx = fixture.client().attach(load("count_tc", BpfmanProgramType.TCX), fixture.tcx(50));
    rename(TestNetns.INTERFACE, LATER);
    assertEquals(LATER, link(xdp).getInterfaceNow());
    assertEquals(LATER, link(tcx).getInterfaceNow());
    rename(LATER, TestNetns.INTERFACE);
    assertEquals(LinkHealth.LINK_HEALTH_ATTACHED, link(xdp).getHealth());
    assertEquals(LinkHealth.LINK_HEALTH_ATTACHED, link(tcx).getHealth());
  }

  @ParameterizedTest
  @ValueSource(strings = {"uplink", "uplink-of-the-first-rack-on-the-left"})
  void alternativeNameIsAsGoodAsItsOwn(String other) {
    fixture.netns.ip("link", "property", "add", "dev", TestNetns.INTERFACE, "altname", other);
    AttachInfo.Builder info = fixture.tc();
    info.getTcAttachInfoBuilder().setIface(other);
    int link = attachTc(info);
    assertEquals(LinkHealth.LINK_HEALTH_ATTACHED, link(link).getHealth());
    assertEquals("", link(link).getReason());
    fixture.netns.ip("link", "property", "del", "dev", TestNetns.INTERFACE, "altname", other);
    assertEquals(TestNetns.INTERFACE, link(link).getInterfaceNow());
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 127, 128, 300})
  void nameThatNobodyHasIsNotFoundWhateverItsLength(int length) {
    AttachInfo.Builder info = fixture.xdp();
    info.getXdpAttachInfoBuilder().setIface("x".repeat(length));
    int program = load("count_xdp", BpfmanProgramType.XDP);
    StatusRuntimeException refused =
        assertThrows(StatusRuntimeException.class, () -> fixture.client().attach(program, info));
    assertTrue(refused.getMessage().contains("does not exist in netns"), refused.getMessage());
  }

  @Test
  void whatRunsInANamespaceThatLostItsNameRunsOn() throws Exception {
    int xdp = fixture.client().attach(load("count_xdp", BpfmanProgramType.XDP), fixture.xdp());
    int tc = attachTc(fixture.tc());
    Process inhabitant =
        new ProcessBuilder("ip", "netns", "exec", fixture.netns.name(), "sleep", "600").start();
    try {
      Path space = Path.of("/proc/" + inhabitant.pid() + "/ns/net");
      Object inode = Files.getAttribute(fixture.netns.path(), "unix:ino");
      Awaitility.await("it lives there")
          .until(() -> inode.equals(Files.getAttribute(space, "unix:ino")));
      Commands.run("ip", "netns", "del", fixture.netns.name());
      restart();
      assertEquals(LinkHealth.LINK_HEALTH_OUTDATED, link(xdp).getHealth());
      assertEquals(LinkHealth.LINK_HEALTH_OUTDATED, link(tc).getHealth());
      assertTrue(shows(space, "tc", "filter", "show", "dev", TestNetns.INTERFACE, "ingress"));
      assertTrue(shows(space, "ip", "link", "show", "dev", TestNetns.INTERFACE));
      fixture.client().detach(tc);
      fixture.client().detach(xdp);
      assertFalse(shows(space, "tc", "filter", "show", "dev", TestNetns.INTERFACE, "ingress"));
      assertFalse(shows(space, "ip", "link", "show", "dev", TestNetns.INTERFACE));
    } finally {
      inhabitant.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static boolean shows(Path space, String... command) {
    String[] inside = new String[command.length + 2];
    inside[0] = "nsenter";
    inside[1] = "--net=" + space;
    System.arraycopy(command, 0, inside, 2, command.length);
    String shown = Commands.run(inside);
    return shown.contains("count_tc") || shown.contains("prog/xdp");
  }

  /** The kernel tells filters of one program apart by nothing. */
  @Test
  void filterThatReplacesALostOneBelongsToOneLinkOnly() {
    int program = load("count_tc", BpfmanProgramType.TC);
    int lost = fixture.client().attach(program, fixture.tc());
    fixture.netns.exec("tc", "qdisc", "del", "dev", TestNetns.INTERFACE, "clsact");
    int made = fixture.client().attach(program, fixture.tc());
    assertEquals(LinkHealth.LINK_HEALTH_DETACHED, link(lost).getHealth());
    assertEquals(LinkHealth.LINK_HEALTH_ATTACHED, link(made).getHealth());
    fixture.client().detach(lost);
    assertTrue(hasFilter(TestNetns.INTERFACE));
    fixture.client().detach(made);
    assertFalse(hasFilter(TestNetns.INTERFACE));
  }

  @Test
  void nothingIsRepairedFromAnotherNamespace() throws Exception {
    AttachInfo.Builder here = fixture.tc();
    here.getTcAttachInfoBuilder().clearNetns();
    int link = attachTc(here);
    fixture.daemon.kill();
    fixture.daemon.startBehind(List.of("nsenter", "--net=" + fixture.netns.path()));
    assertEquals(LinkHealth.LINK_HEALTH_ATTACHED, link(link).getHealth());
    assertFalse(hasFilter(TestNetns.INTERFACE));
    fixture.own.exec("tc", "qdisc", "del", "dev", TestNetns.INTERFACE, "clsact");
    Finding found = fixture.client().doctor(true).getFirst();
    assertTrue(found.getReason().contains("this process is in"), found::toString);
    assertFalse(hasFilter(TestNetns.INTERFACE));
    restart();
    assertEquals(LinkHealth.LINK_HEALTH_ATTACHED, link(link).getHealth());
  }
}
