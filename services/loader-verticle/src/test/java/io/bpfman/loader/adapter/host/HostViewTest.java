package io.bpfman.loader.adapter.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.host.HostView.Mounts;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostViewTest {
  private static final String STAT = "%d (a) b) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0\n";

  @TempDir Path directory;
  private Path own;
  private Path host;

  /** A daemon that is process 17 of its container and process 4000 of the host. */
  @BeforeEach
  void makeProcs() throws IOException {
    own = directory.resolve("proc");
    host = directory.resolve("host/proc");
    process(own, "self", "17", "mnt:[2]", "pid:[20]");
    process(own, "1", "1", "mnt:[2]", "pid:[20]");
    process(own, "17", "17", "mnt:[2]", "pid:[20]");
    process(host, "self", "4000 17", "mnt:[2]", "pid:[20]");
    process(host, "4000", "4000 17", "mnt:[2]", "pid:[20]");
    process(host, "1", "1", "mnt:[1]", "pid:[10]");
  }

  private static void process(Path proc, String name, String ids, String mnt, String pid)
      throws IOException {
    Path process = Files.createDirectories(proc.resolve(name).resolve("ns")).getParent();
    Files.writeString(
        process.resolve("status"), "Name:\ta\nNSpid:\t" + ids.replace(' ', '\t') + "\n");
    Files.writeString(process.resolve("stat"), STAT.formatted(1, 300 + ids.length()));
    Files.createSymbolicLink(process.resolve("ns/mnt"), Path.of(mnt));
    Files.createSymbolicLink(process.resolve("ns/pid"), Path.of(pid));
  }

  private HostView view() {
    return HostView.of(null, null, new Mounts(own, host));
  }

  @Test
  void inAContainerTheHostsProcAndRootAreTaken() {
    assertEquals(new HostView(host.resolve("1/root"), new HostProcesses(host, own)), view());
  }

  @Test
  void procOfTheSameNamespaceBringsNothing() throws IOException {
    Files.writeString(host.resolve("self/status"), "NSpid:\t17\n");
    assertEquals(own, view().processes().proc());
    assertEquals(Path.of("/"), view().root());
  }

  @Test
  void withoutAHostsProcTheOwnOnesAreTaken() {
    HostView view = HostView.of(null, null, new Mounts(own, directory.resolve("absent")));
    assertEquals(new HostView(Path.of("/"), new HostProcesses(own, own)), view);
  }

  @Test
  void inTheHostsProcessNamespaceTheRootOfItsFirstProcessIsTaken() throws IOException {
    Files.delete(own.resolve("1/ns/mnt"));
    Files.createSymbolicLink(own.resolve("1/ns/mnt"), Path.of("mnt:[1]"));
    HostView view = HostView.of(null, null, new Mounts(own, directory.resolve("absent")));
    assertEquals(own.resolve("1/root"), view.root());
  }

  @Test
  void settingsComeFirstAndWrongOnesAreNamed() {
    Mounts mounts = new Mounts(own, directory.resolve("absent"));
    HostView view = HostView.of(host, directory, mounts);
    assertEquals(new HostView(directory, new HostProcesses(host, own)), view);
    assertWrong("--host-proc", () -> HostView.of(directory, null, mounts));
    assertWrong("--host-root", () -> HostView.of(host, directory.resolve("none"), mounts));
  }

  private static void assertWrong(String flag, Runnable call) {
    BpfmanException wrong = assertThrows(BpfmanException.class, call::run);
    assertEquals(FailureCode.CONFIGURATION_INVALID, wrong.code());
    assertTrue(wrong.getMessage().contains(flag), wrong.getMessage());
  }

  @Test
  void idsOfTheHostAreTranslatedForTheKernel() throws IOException {
    assertEquals(17, view().processes().ownId(4000));
    process(host, "4100", "4100", "mnt:[1]", "pid:[10]");
    assertForeign(4100);
    // Of another container, with the same id there.
    process(host, "4200", "4200 17", "mnt:[3]", "pid:[30]");
    assertForeign(4200);
    BpfmanException absent =
        assertThrows(BpfmanException.class, () -> view().processes().ownId(4300));
    assertTrue(absent.getMessage().contains("no " + host.resolve("4300")), absent.getMessage());
    assertEquals(99, new HostProcesses(own, own).ownId(other(99)));
  }

  private int other(int pid) throws IOException {
    process(own, Integer.toString(pid), Integer.toString(pid), "mnt:[2]", "pid:[20]");
    return pid;
  }

  private void assertForeign(int pid) {
    BpfmanException refusal =
        assertThrows(BpfmanException.class, () -> view().processes().ownId(pid));
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, refusal.code());
    assertTrue(refusal.getMessage().contains("hostPID"), refusal.getMessage());
  }

  @Test
  void processIsKnownByItsStart() {
    HostProcesses processes = view().processes();
    long started = processes.started(4000);
    assertTrue(processes.lives(4000, started));
    assertFalse(processes.lives(4000, started + 1));
    assertFalse(processes.lives(4999, started));
  }
}
