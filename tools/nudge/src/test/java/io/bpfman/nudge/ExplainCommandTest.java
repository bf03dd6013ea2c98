package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  private static final String ROOT = NudgeHarness.project().toString();

  @Test
  void aNudgeFileIsExplainedWithEveryPlaceOfItsConfiguration() {
    Result result = NudgeHarness.run("explain", "--root", ROOT, "./nudge-files/bpfman.txt");
    assertEquals(0, result.code(), result.err());
    for (String part :
        new String[] {
          "When bpfman was built, a pull request rewrites its digest here.",
          "It nudges bpfman-operator-bundle: nudge-files/components.yaml:",
          ".tekton/bpfman-push.yaml:",
          "A push to main that changes it builds bpfman-operator-bundle: .tekton/",
          "A pull request that changes it builds bpfman-operator-bundle for a try"
        }) {
      assertTrue(result.out().contains(part), result.out());
    }
  }

  @Test
  void aFileThatNobodyReadsIsExplainedToo() {
    Result result = NudgeHarness.run("explain", "--root", ROOT, "LICENSE");
    assertEquals(
        "No nudge rewrites LICENSE.\nA push to main that changes it builds nothing.\n",
        result.out());
  }

  @Test
  void aFileThatIsNotThereIsUnusable() {
    Result result = NudgeHarness.run("explain", "--root", ROOT, "no/such");
    assertEquals(2, result.code());
    assertTrue(result.err().startsWith("bpfman-nudge: no/such: is no file of "), result.err());
  }
}
