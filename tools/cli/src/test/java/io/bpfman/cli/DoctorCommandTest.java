package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.DoctorRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private final CliHarness cli = new CliHarness();

  @BeforeEach
  void twoLinks() {
    cli.run("program", "load", "/x.o", "--programs", "xdp:count");
    cli.run("link", "attach", "xdp", "101", "eth0", "-p", "1");
    cli.run("link", "attach", "tracepoint", "101", "sched/sched_switch");
    cli.loader().clearChanges();
  }

  @Test
  void nothingWrongEndsWithZeroAndSaysSo() {
    CliHarness.Result result = cli.run("doctor");
    assertEquals(0, result.code());
    assertEquals("Store, pins and kernel agree.\n", result.out());
    assertEquals(
        "{\n  \"healthy\": true,\n  \"findings\": []\n}\n", cli.run("doctor", "-o", "json").out());
  }

  @Test
  void findingsAreListedWithTheirRemedyAndNothingIsChanged() {
    cli.loader().losePin(2);
    CliHarness.Result result = cli.run("doctor");
    assertEquals(1, result.code());
    assertEquals(
        """
        WHAT    PROBLEM                 REMEDY
        link 2  was lost (pin removed)  attach it again
        `bpfman doctor --repair` does what is listed.
        """,
        result.out());
    assertTrue(cli.loader().changes().isEmpty());
  }

  @Test
  void repairEndsWithZeroWhenAllWasRepaired() {
    cli.loader().losePin(2);
    CliHarness.Result result = cli.run("doctor", "--repair");
    assertEquals(0, result.code());
    assertEquals(
        "WHAT    PROBLEM                 RESULT\nlink 2  was lost (pin removed)  repaired\n",
        result.out());
    assertEquals(
        DoctorRequest.newBuilder().setRepair(true).build(), cli.loader().changes().getFirst());
    assertEquals(0, cli.run("doctor").code());
  }

  @Test
  void whatCannotBeRepairedEndsWithOneAndTheReason() {
    cli.loader().losePin(2);
    cli.loader().removeInterface("eth0");
    CliHarness.Result result = cli.run("doctor", "--repair", "-o", "json");
    assertEquals(1, result.code());
    assertEquals(
        """
        {
          "healthy": false,
          "findings": [
            {
              "subject": "link 1",
              "problem": "was lost (interface is gone)",
              "remedy": "attach it again",
              "outcome": "failed",
              "reason": "interface \\"eth0\\" does not exist"
            },
            {
              "subject": "link 2",
              "problem": "was lost (pin removed)",
              "remedy": "attach it again",
              "outcome": "repaired",
              "reason": ""
            }
          ]
        }
        """,
        result.out());
  }

  @Test
  void aDoctorThatCannotLookIsAFailure() {
    cli.loader().failWith(_ -> FailureCode.STORE_FAILED.because("the store cannot be read"));
    CliHarness.Result result = cli.run("doctor");
    assertEquals(1, result.code());
    assertEquals("", result.out());
    assertEquals("bpfman: the store cannot be read\n", result.err());
  }
}
