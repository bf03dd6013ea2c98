package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.LinkView;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.ChainType;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.testkit.BpfCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hooks on a kernel that may refuse freplace, as many do: {@link ChainVmIT} has one that does not.
 */
@Tag("kernel")
class ChainIT {
  @TempDir private Path directory;
  private ChainLab lab;

  @BeforeEach
  void open() throws IOException {
    try (InputStream source = ChainIT.class.getResourceAsStream("/bpf/chain.bpf.c")) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      lab = new ChainLab(directory, BpfCompiler.compile(directory, "chain", text));
    }
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static int passing(ChainType type) {
    return type == ChainType.XDP ? XdpAction.PASS.code() : TcAction.PIPE.code();
  }

  /** Where the kernel chains after all, the chain is as in the virtual machine. */
  @ParameterizedTest
  @EnumSource(ChainType.class)
  void aSecondProgramJoinsOrIsRefusedWithReasonAndWayOutAndTheFirstRunsOn(ChainType type) {
    ProgramId first = lab.load(type, 1, passing(type));
    LinkRecord link = lab.attach(first, lab.spec(type, 50));
    ProgramId second = lab.load(type, 2, passing(type));
    try {
      lab.attach(second, lab.spec(type, 60));
      assertEquals(2, lab.links().size());
    } catch (BpfmanException refused) {
      assertRefusal(refused.failure());
      assertEquals(List.of(link), lab.links().stream().map(LinkView::record).toList());
      assertEquals(Set.of(), lab.pinned(type));
    }
    lab.links().forEach(view -> assertEquals(new LinkHealth.Attached(), view.health()));
    lab.netns().ping(3);
    assertTrue(lab.runs(first) >= 3, () -> "counted " + lab.runs(first));
    assertEquals(List.of(), lab.core().doctor().find());
  }

  private static void assertRefusal(Failure failure) {
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, failure.code(), failure::describe);
    assertTrue(failure.message().contains("freplace"), failure::describe);
    assertTrue(failure.hint().contains("TCX"), failure::describe);
  }

  @ParameterizedTest
  @EnumSource(ChainType.class)
  void aLoneProgramIsAttachedWhateverItProceedsOn(ChainType type) {
    AttachSpec anything =
        type == ChainType.XDP
            ? lab.xdp(5, EnumSet.allOf(XdpAction.class))
            : lab.tc(type, 5, EnumSet.allOf(TcAction.class));
    ProgramId program = lab.load(type, 1, passing(type));
    LinkRecord link = lab.attach(program, anything);
    assertEquals(new LinkHealth.Attached(), lab.links().getFirst().health());
    lab.netns().ping(3);
    assertTrue(lab.runs(program) >= 3, () -> "counted " + lab.runs(program));
    assertEquals(List.of(), lab.restart());
    lab.core().links().detach(link.id());
    assertEquals(Set.of(), lab.pinned(type));
    assertEquals(List.of(), lab.links());
  }

  @ParameterizedTest
  @EnumSource(ChainType.class)
  void theProgramsObjectIsKeptUntilItIsUnloaded(ChainType type) {
    ProgramId program = lab.load(type, 1, passing(type));
    Path copy = lab.runtimeDir().resolve("programs").resolve(program + "/bytecode.o");
    assertTrue(copy.toFile().length() > 0, copy::toString);
    lab.core().programs().unload(program);
    assertEquals(false, copy.getParent().toFile().exists());
  }
}
