package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.ChainType;
import io.bpfman.model.ProgramId;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains whose records were lost with the store. */
@Tag("vm")
class ChainRecoveryVmIT extends WithChainLab {
  @ParameterizedTest
  @EnumSource(
      value = ChainType.class,
      names = {"XDP", "TC_INGRESS"})
  void chainRunsOnUntilItsProgramsAreUnloadedAndLeavesNothing(ChainType type) throws IOException {
    int verdict = type == ChainType.XDP ? XdpAction.PASS.code() : TcAction.PIPE.code();
    ProgramId first = lab.load(type, 1, verdict);
    ProgramId second = lab.load(type, 2, verdict);
    lab.attach(first, lab.spec(type, 10));
    lab.attach(second, lab.spec(type, 20));
    lab.stop();
    Files.writeString(
        lab.runtimeDir().resolve("db/store.db"), "this is no database any more ".repeat(200));

    List<String> told = lab.restart();
    assertTrue(told.stream().anyMatch(line -> line.contains("runs on")), told::toString);
    assertRuns(type, List.of(1, 2));
    lab.restart();
    assertRuns(type, List.of(1, 2));

    lab.core().programs().unload(first);
    assertRuns(type, List.of(2));
    lab.core().programs().unload(second);
    assertEquals(Set.of(), lab.pinned(type));
    assertFalse(isHeld(type));
    assertEquals(List.of(), lab.core().doctor().find());
  }

  private void assertRuns(ChainType type, List<Integer> members) {
    assertTrue(isHeld(type));
    lab.trace();
    lab.run(type);
    assertEquals(members, lab.trace());
  }

  private boolean isHeld(ChainType type) {
    return type == ChainType.XDP
        ? lab.netns().ip("-d", "link", "show", TestNetns.INTERFACE).contains("xdp")
        : lab.netns()
            .exec("tc", "filter", "show", "dev", TestNetns.INTERFACE, "ingress")
            .contains("bpf");
  }
}
