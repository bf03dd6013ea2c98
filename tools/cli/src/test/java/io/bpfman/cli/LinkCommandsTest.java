package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.XDPAttachInfo;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkCommandsTest {
  private final CliHarness cli = new CliHarness();

  @BeforeEach
  void oneProgram() {
    cli.run("program", "load", "/x.o", "--programs", "xdp:count", "-a", "app");
  }

  @Test
  void attachXdpSendsPriorityNamespaceAndActions() {
    CliHarness.Result result =
        cli.run(
            "link",
            "attach",
            "xdp",
            "101",
            "eth0",
            "-p",
            "50",
            "-n",
            "/run/netns/blue",
            "--proceed-on",
            "drop,pass",
            "-m",
            "k=v");
    assertEquals(0, result.code(), result.err());
    AttachRequest sent = (AttachRequest) cli.loader().changes().getLast();
    XDPAttachInfo info = sent.getAttach().getXdpAttachInfo();
    assertEquals("eth0", info.getIface());
    assertEquals(50, info.getPriority());
    assertEquals("/run/netns/blue", info.getNetns());
    assertEquals(List.of(1, 2), info.getProceedOnList().stream().sorted().toList());
    assertEquals("v", info.getMetadataMap().get("k"));
  }

  @Test
  void attachAnswersTheLinkAsJson() {
    assertEquals(
        """
        {
          "record": {
            "id": 1,
            "program_id": 101,
            "kernel_link_id": null,
            "kind": "tcx",
            "pin_path": null,
            "details": {
              "interface": "eth0",
              "ifindex": 0,
              "direction": "egress",
              "priority": 10,
              "position": 0,
              "netns": "",
              "nsid": 0
            },
            "created_at": null,
            "metadata": {}
          },
          "status": {
            "kernel": null,
            "kernel_seen": true,
            "pin_present": false,
            "health": "attached",
            "reason": ""
          }
        }
        """,
        cli.run("link", "attach", "tcx", "101", "eth0", "egress", "-p", "10", "-o", "json").out());
  }

  @Test
  void listShowsWhereEachLinkIsAttached() {
    cli.run("link", "attach", "tracepoint", "101", "sched/sched_switch");
    cli.run("link", "attach", "uprobe", "101", "/bin/sh", "-f", "main", "--pid", "7");
    assertEquals(
        """
        LINK ID  KERNEL LINK ID  KIND        PROGRAM ID  APPLICATION  FUNCTION NAME  ATTACHMENT
        1        <none>          tracepoint  101         app          count          sched/sched_switch
        2        <none>          uprobe      101         app          count          /bin/sh:main
        """,
        cli.run("link", "list").out());
  }

  @Test
  void listFiltersByKindProgramAndApplication() {
    cli.run("link", "attach", "tracepoint", "101", "sched/sched_switch");
    cli.run("link", "attach", "xdp", "101", "eth0", "-p", "1");
    assertEquals("2\n", cli.run("link", "list", "-q", "--kind", "xdp").out());
    assertEquals("", cli.run("link", "list", "-q", "--program-id", "5").out());
    assertEquals("1\n2\n", cli.run("link", "list", "-q", "--application", "app").out());
    assertEquals(
        "{\n  \"links\": []\n}\n",
        cli.run("link", "list", "--application", "x", "-o", "json").out());
  }

  @Test
  void returnProbesAreLinksOfAKindOfTheirOwn() {
    cli.run("program", "load", "/x.o", "--programs", "uretprobe:back");
    cli.run("link", "attach", "uprobe", "102", "libc", "-f", "malloc");
    assertEquals("1\n", cli.run("link", "list", "--quiet", "--kind", "uretprobe").out());
    assertEquals("1\n", cli.run("link", "list", "-q", "--program-type", "uretprobe").out());
    assertEquals("", cli.run("link", "list", "-q", "--program-type", "uprobe").out());
    String json = cli.run("link", "get", "1", "-o", "json").out();
    assertTrue(json.contains("\"kind\": \"uretprobe\""), json);
    assertTrue(json.contains("\"retprobe\": true"), json);
    assertTrue(json.contains("\"pid\": 0"), json);
  }

  @Test
  void aLinkThatLostItsPinSaysSo() {
    cli.run("link", "attach", "xdp", "101", "eth0", "-p", "1");
    cli.loader().losePin(1);
    assertTrue(cli.run("link", "list").out().contains("eth0 (pin missing)"));
    String json = cli.run("get", "link", "1", "-o", "json").out();
    assertTrue(json.contains("\"kernel_seen\": false"), json);
    assertTrue(json.contains("\"reason\": \"pin removed\""), json);
  }

  @Test
  void getOfAnUnknownLinkFails() {
    CliHarness.Result result = cli.run("link", "get", "9");
    assertEquals(1, result.code());
    assertTrue(result.err().startsWith("bpfman: link 9 does not exist\nhint: "), result.err());
  }

  @Test
  void detachReportsEachIdAndIgnoresMissingOnRequest() {
    cli.run("link", "attach", "xdp", "101", "eth0", "-p", "1");
    CliHarness.Result result = cli.run("link", "detach", "1", "9");
    assertEquals(1, result.code());
    assertEquals("", result.out());
    assertEquals("", cli.run("link", "list").out());
    assertEquals("link 9: link 9 does not exist\n1 of 2 links failed\n", result.err());
    assertEquals(0, cli.run("link", "detach", "9", "--ignore-missing").code());
  }

  @Test
  void attachToAServerWithoutExtensionShowsWhatWasAsked() {
    cli.loader().setExtensionMissing(true);
    CliHarness.Result result =
        cli.run("link", "attach", "xdp", "101", "eth0", "-p", "1", "-o", "json");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("\"interface\": \"eth0\""), result.out());
  }
}
