package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.testkit.Commands;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon in a container: process and mount namespace of its own, another file at the target's
 * path, and the host's proc beside its own. The host is a process namespace, too, so that its first
 * process may be looked at.
 */
@Tag("kernel")
class HostTargetIT {
  private static final String WORKER =
      """
      int read(int, void *, unsigned long); int write(int, const void *, unsigned long);
      __attribute__((noinline)) int probed(int x) { __asm__ volatile(""); return x + 1; }
      int main(void) { char c; while (read(0, &c, 1) == 1) { c = probed(c) - 1; write(1, &c, 1); } return 0; }
      """;

  /**
   * The worker of the host reads a pipe that the shell holds open; so does that of the container.
   */
  private static final String HOST =
      """
      set -e
      export LAB=%s
      mount -t proc proc $LAB/hostproc
      sh -c 'read -r id rest < /proc/self/stat; echo $id > $LAB/host.pid; exec $LAB/app/worker <> $LAB/host.in > $LAB/host.out' &
      unshare --mount --propagation private --pid --fork --kill-child --mount-proc sh $LAB/container.sh "$@"
      """;

  private static final String CONTAINER =
      """
      set -e
      sh -c 'read -r id rest < $LAB/hostproc/self/stat; exec 9< $LAB/app/worker; echo $id > $LAB/own.pid; exec /proc/self/fd/9 <> $LAB/own.in > $LAB/own.out' &
      while [ ! -s $LAB/own.pid ]; do :; done
      mount -t tmpfs none $LAB/app
      cp /bin/true $LAB/app/worker
      exec "$@"
      """;

  @TempDir Path directory;
  private Path worker;
  private DaemonProcess daemon;
  private GrpcJavaClient client;
  private int program;

  @BeforeEach
  void start() throws Exception {
    worker = Files.createDirectory(directory.resolve("app")).resolve("worker");
    Files.createDirectory(directory.resolve("hostproc"));
    Path source = Files.writeString(directory.resolve("worker.c"), WORKER);
    Commands.run("clang", "-O1", "-o", worker.toString(), source.toString());
    for (String pipe : List.of("host.in", "own.in")) {
      Commands.run("mkfifo", directory.resolve(pipe).toString());
    }
    Path host = script("host.sh", HOST.formatted(directory));
    script("container.sh", CONTAINER);
    Path object = DaemonFixture.compile(Files.createDirectory(directory.resolve("object")));
    daemon = new DaemonProcess(Files.createDirectory(directory.resolve("daemon")));
    daemon.startBehind(
        List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "sh",
            host.toString()),
        "--host-proc",
        directory.resolve("hostproc").toString());
    client = new GrpcJavaClient(daemon.socket());
    program = DaemonFixture.id(client.load(object, "count_uprobe", BpfmanProgramType.UPROBE));
  }

  private Path script(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    daemon.close();
  }

  @Test
  void absolutePathIsTheHostsFile() throws Exception {
    attach(probe());
    work("host", 4);
    assertEquals(4, client.hits(program));
  }

  @Test
  void libraryIsTheHosts() throws Exception {
    attach(probe().setTarget("libc").setFnName("read"));
    long before = client.hits(program);
    work("host", 6);
    assertTrue(client.hits(program) >= before + 6, "6 calls of read were not counted");
  }

  @Test
  void containersAreFoundByTheHostsProcessIds() throws Exception {
    attach(probe().setContainerPid(pid("host")));
    work("host", 3);
    assertEquals(3, client.hits(program));
  }

  @Test
  void limitIsAProcessOfTheHostThatTheKernelCanTell() throws Exception {
    attach(probe().setPid(pid("own")));
    work("host", 3);
    work("own", 2);
    assertEquals(2, client.hits(program));
    String foreign = refused(probe().setPid(pid("host")));
    assertTrue(foreign.contains("outside of bpfman's process namespace"), foreign);
    String absent = refused(probe().setPid(4_000_000));
    assertTrue(absent.contains("no " + directory.resolve("hostproc/4000000")), absent);
  }

  private UprobeAttachInfo.Builder probe() {
    return UprobeAttachInfo.newBuilder().setTarget(worker.toString()).setFnName("probed");
  }

  private void attach(UprobeAttachInfo.Builder probe) {
    client.attach(program, AttachInfo.newBuilder().setUprobeAttachInfo(probe));
  }

  private String refused(UprobeAttachInfo.Builder probe) {
    return String.valueOf(
        assertThrows(StatusRuntimeException.class, () -> attach(probe))
            .getStatus()
            .getDescription());
  }

  private int pid(String which) throws IOException {
    return Integer.parseInt(Files.readString(directory.resolve(which + ".pid")).strip());
  }

  /** Calls the function so many times in one of the two workers. */
  private void work(String which, int times) throws IOException {
    Path answers = directory.resolve(which + ".out");
    long before = Files.size(answers);
    Files.writeString(directory.resolve(which + ".in"), "x".repeat(times));
    Awaitility.await("the worker answers")
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> Files.size(answers) == before + times);
  }
}
