package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.DispatcherMember;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherCommandsTest {
  private final CliHarness cli = new CliHarness();

  @BeforeEach
  void twoDispatchers() {
    Dispatcher xdp =
        Dispatcher.newBuilder()
            .setType("xdp")
            .setNsid(4026531840L)
            .setIfindex(2)
            .setInterfaceName("eth0")
            .setRevision(3)
            .setProgramId(77)
            .setKernelLinkId(9)
            .addMembers(member(0, 4).addAllProceedOn(List.of("pass", "dispatcher_return")))
            .addMembers(member(1, 5).addProceedOn("pass"))
            .build();
    cli.loader().addDispatcher(xdp);
    cli.loader()
        .addDispatcher(
            Dispatcher.newBuilder()
                .setType("tc-egress")
                .setNsid(4026532000L)
                .setIfindex(5)
                .setInterfaceName("veth0")
                .setRevision(1)
                .setProgramId(80)
                .setPriority(50)
                .setHandle(0x10)
                .setNetns("/run/netns/blue")
                .addMembers(member(0, 6))
                .build());
  }

  private static DispatcherMember.Builder member(int position, int link) {
    return DispatcherMember.newBuilder()
        .setPosition(position)
        .setLinkId(link)
        .setProgramId(100 + link)
        .setPriority(10 + position);
  }

  @Test
  void theBareNounLists() {
    assertEquals(
        """
        TYPE       NSID        IFINDEX  REVISION  PROGRAM ID  KERNEL LINK ID  PRIORITY  HANDLE  MEMBERS  NETNS
        xdp        4026531840  2        3         77          9               <none>    <none>  2        <none>
        tc-egress  4026532000  5        1         80          <none>          50        0x10    1        /run/netns/blue
        """,
        cli.run("dispatcher").out());
  }

  @Test
  void filtersOfTheListCombine() {
    assertTrue(cli.run("dispatcher", "list", "--type", "xdp").out().contains("\nxdp "));
    assertFalse(cli.run("dispatcher", "list", "--type", "xdp").out().contains("tc-egress"));
    assertTrue(cli.run("dispatcher", "list", "--nsid", "4026532000").out().contains("tc-egress"));
    assertEquals("", cli.run("dispatcher", "list", "--nsid", "4026532000", "--ifindex", "2").out());
    assertEquals(
        "{\n  \"dispatchers\": []\n}\n",
        cli.run("dispatcher", "list", "--ifindex", "9", "-o", "json").out());
  }

  @Test
  void getAsJsonShowsTheMembersInOrder() {
    assertEquals(
        """
        {
          "key": {
            "type": "xdp",
            "nsid": 4026531840,
            "ifindex": 2
          },
          "revision": 3,
          "runtime": {
            "program_id": 77,
            "kernel_link_id": 9,
            "netns_path": ""
          },
          "members": [
            {
              "program_id": 104,
              "program_name": "",
              "prog_pin_path": "",
              "link_id": 4,
              "kernel_link_id": null,
              "link_pin_path": "",
              "position": 0,
              "priority": 10,
              "metadata": {},
              "proceed_on": 2147483652,
              "ifname": "eth0"
            },
            {
              "program_id": 105,
              "program_name": "",
              "prog_pin_path": "",
              "link_id": 5,
              "kernel_link_id": null,
              "link_pin_path": "",
              "position": 1,
              "priority": 11,
              "metadata": {},
              "proceed_on": 4,
              "ifname": "eth0"
            }
          ]
        }
        """,
        cli.run("dispatcher", "get", "xdp", "4026531840", "2", "-o", "json").out());
  }

  @Test
  void getAsTextHasOneLineForEachMember() {
    String text = cli.run("dispatcher", "get", "xdp", "4026531840", "2").out();
    assertTrue(
        text.endsWith(
            "  Members:\n"
                + "    0: link 4, program 104, priority 10, proceeds on pass,dispatcher_return\n"
                + "    1: link 5, program 105, priority 11, proceeds on pass\n"),
        text);
  }

  @Test
  void getOfAnUnknownOneFailsByName() {
    CliHarness.Result result = cli.run("dispatcher", "get", "tc-ingress", "4026531840", "2");
    assertEquals(1, result.code());
    assertTrue(
        result
            .err()
            .startsWith(
                "bpfman: there is no tc-ingress dispatcher on interface 2 of network namespace"
                    + " 4026531840\nhint: "),
        result.err());
  }

  @Test
  void wordsThatNameNoDispatcherAreUsageErrors() {
    assertEquals(80, cli.run("dispatcher", "get", "tcx", "1", "2").code());
    assertEquals(80, cli.run("dispatcher", "get", "xdp", "-1", "2").code());
    assertEquals(80, cli.run("dispatcher", "get", "xdp", "1", "0").code());
    assertEquals(80, cli.run("dispatcher", "get", "xdp", "1").code());
    assertEquals(80, cli.run("dispatcher", "list", "--ifindex", "eth0").code());
  }

  @Test
  void deleteIsRefusedWithTheWayOut() {
    CliHarness.Result result = cli.run("dispatcher", "delete", "xdp", "4026531840", "2");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("bpfman link detach"), result.err());
    assertTrue(result.err().contains("bpfman doctor --repair"), result.err());
  }

  @Test
  void theGroupIsNotInTheGeneralHelp() {
    assertFalse(cli.run("--help").out().contains("dispatcher"));
    assertTrue(cli.run("dispatcher", "--help").out().contains("list"));
  }
}
