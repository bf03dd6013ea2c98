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
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Probes in a process with a mount namespace and a root directory of its own, whose binary and
 * library exist on the host only below that root.
 */
@Tag("kernel")
class ContainerProbeIT {
  private static final String LIBRARY =
      "__attribute__((noinline)) int shipped(int x) { __asm__ volatile(\"\"); return x + 1; }\n";

  /** Calls both functions once for each line that it reads, and answers with a line. */
  private static final String PROGRAM =
      """
      int shipped(int); long read(int, void *, unsigned long); long write(int, const void *, unsigned long);
      __attribute__((noinline)) int inner(int x) { __asm__ volatile(""); return x + 1; }
      int main(void) { char c; while (read(0, &c, 1) == 1) { inner(shipped(c)); write(1, &c, 1); } return 0; }
      """;

  @TempDir Path directory;
  private Path root;
  private DaemonFixture fixture;
  private Process container;

  @BeforeEach
  void start() throws Exception {
    root = Files.createDirectories(directory.resolve("root"));
    build();
    container = inContainer();
    fixture = new DaemonFixture(Files.createDirectory(directory.resolve("daemon")));
  }

  @AfterEach
  void stop() throws Exception {
    container.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    fixture.close();
  }

  /** A root with the program, its library and the loader and C library that they need. */
  private void build() throws IOException {
    Path sources = Files.createDirectory(directory.resolve("sources"));
    Path library = Files.createDirectories(root.resolve("usr/lib")).resolve("libshipped.so.1");
    Path program = Files.createDirectories(root.resolve("opt")).resolve("worker");
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(sources.resolve("library.c"), LIBRARY);
    Files.writeString(sources.resolve("program.c"), PROGRAM);
    compile(
        "-shared",
        "-fPIC",
        "-Wl,-soname,libshipped.so.1",
        "-o",
        library,
        sources.resolve("library.c"));
    compile(
        "-rdynamic",
        "-o",
        program.toString(),
        sources.resolve("program.c"),
        library,
        "-Wl,-rpath,/usr/lib");
    for (String line : Commands.run("ldd", "/bin/true").lines().toList()) {
      String path = line.replaceFirst(".*=> ", "").replaceFirst(" \\(.*", "").strip();
      if (path.startsWith("/")) {
        Path copy = root.resolve(path.substring(1));
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of(path).toRealPath(), copy);
      }
    }
  }

  private static void compile(Object... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = "clang";
    command[1] = "-O1";
    for (int i = 0; i < arguments.length; i++) {
      command[i + 2] = arguments[i].toString();
    }
    Commands.run(command);
  }

  private Process inContainer() throws IOException {
    Process process =
        new ProcessBuilder(
                "unshare", "--mount", "--propagation", "private", "--root=" + root, "/opt/worker")
            .start();
    Awaitility.await("the worker runs")
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                Files.readSymbolicLink(Path.of("/proc", "" + process.pid(), "exe"))
                    .toString()
                    .endsWith("/worker"));
    return process;
  }

  @Test
  void binaryOfTheContainerIsProbedByItsAbsolutePathThere() throws Exception {
    int program = load();
    fixture.client().attach(program, probe("/opt/worker", "inner"));
    work(5);
    assertEquals(5, count(program));
  }

  @Test
  void libraryOfTheContainerIsFoundByItsBareName() throws Exception {
    int program = load();
    fixture.client().attach(program, probe("libshipped", "shipped"));
    work(3);
    assertEquals(3, count(program));
  }

  /** Found by no other means: its directory is no standard one, nor configured. */
  @Test
  void libraryOfTheContainerIsFoundByItsLinkersCache() throws Exception {
    Path odd = Files.createDirectories(root.resolve("opt/odd")).resolve("libshipped.so.1");
    Files.move(root.resolve("usr/lib/libshipped.so.1"), odd);
    Path configuration = Files.createDirectories(root.resolve("etc")).resolve("ld.so.conf");
    Files.writeString(configuration, "/opt/odd\n");
    Commands.run("/sbin/ldconfig", "-X", "-r", root.toString());
    Files.delete(configuration);
    int program = load();
    fixture.client().attach(program, probe("libshipped", "shipped"));
    work(3);
    assertEquals(3, count(program));
  }

  @Test
  void libraryOfTheContainerIsNotThatOfTheHost() throws Exception {
    int program = load();
    fixture.client().attach(program, probe("libc", "write"));
    Commands.run("sh", "-c", "echo of the host");
    long host = count(program);
    work(4);
    assertEquals(0, host);
    assertEquals(4, count(program));
  }

  @Test
  void linkInTheContainerDoesNotLeadToTheHost() throws Exception {
    Path secret = directory.resolve("secret.so");
    compile("-shared", "-fPIC", "-o", secret, directory.resolve("sources/library.c"));
    Files.createSymbolicLink(root.resolve("opt/link.so"), secret);
    Files.createSymbolicLink(
        root.resolve("opt/up.so"),
        Path.of("../../../../../../../../").resolve(secret.toString().substring(1)));
    int program = load();
    refused(program, "/opt/link.so", "does not exist in the container");
    refused(program, "/opt/up.so", "does not exist in the container");
    refused(program, "/../../.." + secret, "does not exist in the container");
  }

  @Test
  void containerThatEndedIsNamed() throws Exception {
    int program = load();
    container.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    refused(program, "/opt/worker", "process " + container.pid());
  }

  @Test
  void probeOfAnEndedContainerIsDetachedLikeAnyOther() throws Exception {
    int program = load();
    int link = fixture.client().attach(program, probe("/opt/worker", "inner"));
    container.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    fixture.client().detach(link);
    fixture.client().unload(program);
    assertTrue(fixture.daemon.pins().isEmpty());
  }

  private int load() {
    return DaemonFixture.id(
        fixture.client().load(fixture.object, "count_uprobe", BpfmanProgramType.UPROBE));
  }

  private AttachInfo.Builder probe(String target, String function) {
    return AttachInfo.newBuilder()
        .setUprobeAttachInfo(
            UprobeAttachInfo.newBuilder()
                .setTarget(target)
                .setFnName(function)
                .setContainerPid((int) container.pid()));
  }

  private void work(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      container.getOutputStream().write('x');
      container.getOutputStream().flush();
      assertEquals('x', container.getInputStream().read());
    }
  }

  private long count(int program) {
    return fixture.client().hits(program);
  }

  private void refused(int program, String target, String expected) {
    StatusRuntimeException refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> fixture.client().attach(program, probe(target, "shipped")));
    String words = String.valueOf(refusal.getStatus().getDescription());
    assertTrue(words.contains(expected), words);
  }
}
