package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.UnloadRequest;
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
  void programDeleteDetachesFirst() {
    CliHarness.Result result = cli.run("program", "delete", "101", "102");
    assertEquals(0, result.code());
    assertEquals("", result.out());
    assertEquals("", cli.run("program", "list", "-q").out());
    assertEquals("", cli.run("link", "list", "-q").out());
  }

  @Test
  void programDeleteTakesUsersOfItsMapsAlongOnlyWhenTold() {
    cli.run("program", "load", "/y.o", "--programs", "xdp:c", "--map-owner-id", "101");
    cli.run("program", "load", "/z.o", "--programs", "xdp:d", "--map-owner-id", "102");
    assertEquals(0, cli.run("program", "delete", "101").code());
    assertEquals("102\n103\n104\n", cli.run("program", "list", "-q").out());
    assertEquals(0, cli.run("program", "delete", "102", "104", "-r").code());
    assertEquals("103\n", cli.run("program", "list", "-q").out());
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
  void linkDeleteUnloadsTheProgramWithItsLastLink() {
    cli.run("link", "attach", "tracepoint", "101", "sched/sched_switch");
    assertEquals(0, cli.run("link", "delete", "1").code());
    assertEquals("101\n102\n", cli.run("program", "list", "-q").out());
    assertEquals(0, cli.run("link", "delete", "2").code());
    assertEquals("102\n", cli.run("program", "list", "-q").out());
    CliHarness.Result gone = cli.run("link", "delete", "2");
    assertEquals(1, gone.code());
    assertTrue(gone.err().contains("link 2 does not exist"), gone.err());
  }

  @Test
  void linkDeleteTakesUsersOfTheProgramsMapsAlongOnlyWhenTold() {
    cli.run("program", "load", "/y.o", "--programs", "xdp:c", "--map-owner-id", "101");
    assertEquals(0, cli.run("link", "delete", "1", "-r").code());
    assertEquals("102\n", cli.run("program", "list", "-q").out());
  }

  @Test
  void anyFailureInABatchIsAFailure() {
    cli.loader()
        .failWith(
            request ->
                request instanceof UnloadRequest || request instanceof DetachRequest
                    ? FailureCode.INTERNAL.because("it broke")
                    : null);
    for (String[] words :
        new String[][] {
          {"program", "unload", "101"},
          {"program", "delete", "101"},
          {"link", "detach", "1"},
          {"link", "delete", "1"},
          {"link", "detach", "1", "--ignore-missing"}
        }) {
      CliHarness.Result result = cli.run(words);
      assertEquals(1, result.code(), String.join(" ", words));
      assertTrue(result.err().contains("it broke"), result.err());
    }
  }

  @Test
  void levelsOfPartsAreTaken() {
    assertEquals(0, cli.run("--log", "info,manager=debug", "program", "list").code());
    assertEquals(0, cli.run("--log", "manager=debug", "program", "list").code());
    assertEquals(80, cli.run("--log", "info,manager=loud", "program", "list").code());
    assertEquals(80, cli.run("--log", "info,debug", "program", "list").code());
  }

  @Test
  void configurationThatIsNamedMustBeThere() {
    CliHarness.Result result = cli.run("--config", "/missing.toml", "program", "list");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("/missing.toml does not exist"), result.err());
    assertEquals(1, cli.run(Map.of("BPFMAN_CONFIG", "/missing.toml"), "program", "list").code());
  }

  @Test
  void quietHasALongName() {
    assertEquals("101\n102\n", cli.run("program", "list", "--quiet").out());
    assertEquals("1\n", cli.run("link", "list", "--quiet").out());
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
