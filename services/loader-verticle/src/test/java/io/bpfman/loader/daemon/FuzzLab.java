package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.fuzz.RealObjects;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A daemon in a network namespace of its own, one attached program that must survive, and what must
 * be true after each attack.
 */
final class FuzzLab implements AutoCloseable {
  /** As the distribution starts it (bin/bpfman). */
  private static final String JVM = "-XX:+UseSerialGC -Xms8m -Xmx192m -XX:TieredStopAtLevel=1";

  private static final long ANSWER_LIMIT_MILLIS = 1000;

  final Path directory;
  final DaemonProcess daemon;
  final TestNetns netns;
  final Map<String, Path> objects;
  final int survivor;
  private final GrpcJavaClient client;
  private final List<String> pins;
  private final int descriptors;
  private int victim;

  FuzzLab(Path directory) throws Exception {
    this.directory = directory;
    objects = RealObjects.compile(directory);
    netns = TestNetns.create();
    daemon = new DaemonProcess(directory);
    daemon.environment("JDK_JAVA_OPTIONS", JVM);
    daemon.startThrough(List.of("nsenter", "--net=" + netns.path()), "--idle-timeout", "2s");
    client = new GrpcJavaClient(daemon.socket());
    survivor =
        DaemonFixture.id(
            client.load(object("daemon"), "count_tracepoint", BpfmanProgramType.TRACEPOINT));
    client.attach(survivor, DaemonFixture.tracepoint());
    pins = daemon.pins();
    descriptors = daemon.descriptors();
  }

  Path object(String name) {
    return objects.get(name);
  }

  /** A program that attacks may do anything to; another one after each check. */
  int victim() {
    if (victim == 0) {
      victim = DaemonFixture.id(client.load(object("daemon"), "count_xdp", BpfmanProgramType.XDP));
    }
    return victim;
  }

  GrpcJavaClient client() {
    return client;
  }

  /** Removes what an attack may rightly have loaded, then compares everything else. */
  void requireUnharmed() throws Exception {
    assertTrue(daemon.isAlive(), "the daemon died");
    requireAnswer();
    client
        .list(ListRequest.newBuilder().setBpfmanProgramsOnly(true).build())
        .getResultsList()
        .stream()
        .map(result -> result.getKernelInfo().getId())
        .filter(id -> id != survivor)
        .forEach(client::unload);
    victim = 0;
    assertEquals(pins, daemon.pins(), "pins");
    requireNoDescriptorsOfBpf();
    assertEquals(1, client.get(survivor).getInfo().getLinksCount(), "links of the survivor");
    // Connections end when the daemon has noticed that their clients are gone.
    Awaitility.await("descriptors are given back")
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> daemon.descriptors() <= descriptors);
  }

  /** A call of Stats may have the kernel count for as long as it asked, by one descriptor. */
  private void requireNoDescriptorsOfBpf() throws Exception {
    List<String> held = daemon.bpfDescriptors();
    assertTrue(
        held.isEmpty() || held.equals(List.of("anon_inode:bpf-stats")),
        "descriptors of bpf: " + held);
  }

  private void requireAnswer() {
    long start = System.nanoTime();
    client.get(survivor);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertTrue(millis < ANSWER_LIMIT_MILLIS, "Get took " + millis + " ms");
  }

  /** What the daemon said last, and the JVM's report where there is one. */
  String evidence() throws IOException {
    String log = daemon.log();
    String end = log.substring(Math.max(0, log.length() - 4000));
    try (Stream<Path> files = Files.list(Path.of("").toAbsolutePath())) {
      List<String> reports =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.equals("hs_err_pid" + daemon.pid() + ".log"))
              .toList();
      return reports + "\n" + end;
    }
  }

  @Override
  public void close() throws Exception {
    client.close();
    daemon.close();
    netns.close();
  }
}
