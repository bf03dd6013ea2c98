package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.LoaderCore;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramId;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is damaged, and directories that cannot be written. */
@Tag("kernel")
class StoreTroubleIT {
  @TempDir Path directory;
  private CrashLab lab;

  @BeforeEach
  void plant() {
    lab = new CrashLab(directory);
  }

  @AfterEach
  void clear() {
    lab.close();
  }

  @Test
  void damagedStoreIsKeptAsideAndProgramsAndLinksLiveOn() throws IOException {
    CrashSetting setting = lab.setting();
    ProgramId program;
    long link;
    try (LoaderInstance instance = lab.open()) {
      program = setting.load(instance.core(), CrashSetting.XDP);
      link = instance.core().links().attach(program, setting.xdp("lo"), Map.of()).id().value();
    }
    CrashKernelFacts before = facts();
    damage(setting.runtimeDir().resolve("db/store.db"));

    try (LoaderInstance instance = lab.open()) {
      assertTrue(instance.repairs().getFirst().startsWith("THE STORE WAS DAMAGED"));
      assertEquals(before, facts());
      assertEquals(1, keptAside());
      assertEquals(program, instance.core().inventory().program(program).record().id());
    }
    try (LoaderInstance again = lab.open()) {
      assertEquals(before, facts(), "the next start leaves them alone as well");
      LoaderCore core = again.core();
      ProgramId other = setting.load(core, CrashSetting.TRACEPOINT);
      assertTrue(
          core.links().attach(other, CrashSetting.tracepoint(), Map.of()).id().value() > link);
      lab.removeAllButSurvivors(core);
    }
    try (LoaderInstance empty = lab.open()) {
      assertEquals(List.of(), lab.problems(empty.core()));
    }
  }

  @Test
  void directoryOnAReadOnlyFileSystemIsRefusedByName() throws IOException {
    Path mount = Files.createDirectory(directory.resolve("readonly"));
    Commands.run("mount", "-t", "tmpfs", "-o", "ro,size=64k", "bpfman-test", mount.toString());
    try {
      BpfmanException refusal =
          assertThrows(BpfmanException.class, () -> LoaderInstance.open(mount.resolve("run")));
      assertEquals(FailureCode.START_REFUSED, refusal.code());
      assertTrue(refusal.getMessage().contains(mount.toString()), refusal.getMessage());
    } finally {
      Commands.run("umount", mount.toString());
    }
  }

  @Test
  void fullDiskFailsTheCallAndLeavesNothingHalfDone() throws IOException {
    CrashSetting setting = lab.setting();
    Path store = Files.createDirectories(setting.runtimeDir().resolve("db"));
    Commands.run("mount", "-t", "tmpfs", "-o", "size=512k", "bpfman-test", store.toString());
    try {
      try (LoaderInstance instance = lab.open()) {
        setting.load(instance.core(), CrashSetting.XDP);
        fill(store.resolve("ballast"));
        BpfmanException refusal =
            assertThrows(BpfmanException.class, () -> loadUntilRefused(instance.core()));
        assertEquals(FailureCode.STORE_FAILED, refusal.code(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("no space left"), refusal.getMessage());
        assertEquals(List.of(), lab.problems(instance.core()));
        Files.delete(store.resolve("ballast"));
        lab.removeAllButSurvivors(instance.core());
        assertEquals(List.of(), lab.problems(instance.core()));
      }
    } finally {
      Commands.run("umount", store.toString());
    }
  }

  private void loadUntilRefused(LoaderCore core) {
    for (int i = 0; i < 200; i++) {
      lab.setting().load(core, CrashSetting.XDP);
    }
  }

  /** Leaves no free page. */
  private static void fill(Path file) {
    assertTrue(!Commands.tryRun("dd", "if=/dev/zero", "of=" + file, "bs=4k"));
  }

  private CrashKernelFacts facts() {
    return CrashKernelFacts.read(lab.setting().netns(), List.of("lo"));
  }

  private long keptAside() throws IOException {
    try (Stream<Path> files = Files.list(lab.setting().runtimeDir().resolve("db"))) {
      return files.filter(file -> file.toString().contains("store.db.damaged-")).count();
    }
  }

  private static void damage(Path store) throws IOException {
    Files.writeString(store, "this is no database, but long enough to look at".repeat(100));
  }
}
