package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.AttachRequest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Words that scripts for bpfman use and that no help shows, and values that are refused. */
class UpstreamWordsTest {
  private final CliHarness cli = new CliHarness();

  @BeforeEach
  void twoProgramsOneLink() {
    cli.run("program", "load", "/x.o", "--programs", "xdp:a,xdp:b");
    cli.run("link", "attach", "xdp", "101", "eth0", "-p", "1");
  }

  @Test
  void programDeleteSparesAttachedProgramsUnlessToldOtherwise() {
    CliHarness.Result result = cli.run("program", "delete", "101", "102");
    assertEquals(1, result.code());
    assertEquals("program 102 deleted\n", result.out());
    assertEquals(
        "program 101: it is attached by link 1; detach first, or give -r\n1 of 2 programs failed\n",
        result.err());
    assertEquals("101\n", cli.run("program", "list", "-q").out());
    assertEquals(0, cli.run("program", "delete", "101", "-r").code());
    assertEquals("", cli.run("program", "list", "-q").out());
  }

  @Test
  void programDeleteOfAllNeedsNoIds() {
    assertEquals(0, cli.run("program", "delete", "--all", "--recursive").code());
    assertEquals("", cli.run("program", "list", "-q").out());
    assertEquals(0, cli.run("program", "delete", "--all").code());
  }

  @Test
  void programDeleteTakesEitherIdsOrAll() {
    assertEquals(80, cli.run("program", "delete").code());
    assertEquals(80, cli.run("program", "delete", "101", "--all").code());
    assertEquals("101\n102\n", cli.run("program", "list", "-q").out());
  }

  @Test
  void linkDeleteDetaches() {
    CliHarness.Result result = cli.run("link", "delete", "1", "-r");
    assertEquals("link 1 deleted\n", result.out());
    assertEquals("", cli.run("link", "list").out());
    assertEquals(1, cli.run("link", "delete", "1").code());
  }

  @Test
  void hiddenWordsAreInNoHelp() {
    assertFalse(cli.run("program", "--help").out().contains("delete"));
    assertFalse(cli.run("link", "--help").out().contains("delete"));
    assertEquals(0, cli.run("program", "delete", "--help").code());
  }

  @Test
  void tcxNeedsNoPriority() {
    assertEquals(0, cli.run("link", "attach", "tcx", "102", "eth0", "ingress").code());
    AttachRequest sent = (AttachRequest) cli.loader().changes().getLast();
    assertEquals(0, sent.getAttach().getTcxAttachInfo().getPriority());
  }

  @Test
  void valuesOutOfRangeAreUsageErrorsThatNameTheRange() {
    CliHarness.Result priority = cli.run("link", "attach", "xdp", "102", "eth1", "-p", "-1");
    assertEquals(80, priority.code());
    assertTrue(
        priority.err().contains("\"-1\" is not a priority (0 to 2147483647"), priority.err());
    assertEquals(80, cli.run("link", "attach", "xdp", "102", "eth1", "-p", "2147483648").code());
    CliHarness.Result kind = cli.run("link", "list", "--kind", "xpd");
    assertEquals(80, kind.code());
    assertTrue(kind.err().contains("\"xpd\" is not a kind of link"), kind.err());
    assertEquals(80, cli.run("program", "list", "--log", "loud").code());
    assertEquals(80, cli.run("program", "list", "--lock-timeout", "30").code());
    assertEquals(80, cli.run(Map.of("BPFMAN_LOCK_TIMEOUT", "soon"), "program", "list").code());
  }

  @Test
  void durationsAreGosAndTheEnvironmentGivesThem() {
    assertEquals(0, cli.run("--lock-timeout", "1m30s", "program", "list").code());
    assertEquals(0, cli.run(Map.of("BPFMAN_LOCK_TIMEOUT", "500ms"), "program", "list").code());
  }
}
