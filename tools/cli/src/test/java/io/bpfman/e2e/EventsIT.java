package io.bpfman.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import io.bpfman.testkit.TestNetns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The agent's periodic comparison is out of reach here, so what is repaired, events repaired. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {
  private static final Duration UP = Duration.ofSeconds(30);

  /** Far below the period, and above what a busy machine takes. */
  private static final Duration REPAIRED = Duration.ofSeconds(10);

  private static final int TIMES = 5;

  private Node node;
  private Path directory;

  @BeforeAll
  void startEverything(@TempDir Path fresh) throws Exception {
    directory = fresh;
    node = new Node(fresh, "--drift-interval", "1h");
    Path object = node.sample("xdp_counter");
    node.start();
    node.apply(
        "xdp",
        """
        apiVersion: bpfman.io/v1alpha1
        kind: ClusterBpfApplication
        metadata:
          name: xdp
        spec:
          nodeSelector: {}
          byteCode:
            path: %s
          programs:
            - name: xdp_counter
              type: XDP
              xdp:
                links:
                  - interfaceSelector:
                      interfaces: [%s]
        """
            .formatted(object, TestNetns.INTERFACE));
    awaitAttached(UP);
    node.awaitCondition("xdp", "Success", UP);
  }

  @AfterAll
  void stopEverything() throws Exception {
    node.close();
  }

  private void awaitAttached(Duration limit) {
    Awaitility.await("the link is there")
        .pollInterval(2, TimeUnit.MILLISECONDS)
        .atMost(limit.toSeconds(), TimeUnit.SECONDS)
        .until(() -> attached().size() == 1);
  }

  private List<Link> attached() {
    return node.links().stream()
        .filter(link -> link.getHealth() == LinkHealth.LINK_HEALTH_ATTACHED)
        .toList();
  }

  /** A link has a pin of its id, so a new pin is a new link, and seeing it costs nothing. */
  private long millisecondsToNewPin(Path old) throws Exception {
    long begin = System.nanoTime();
    Awaitility.await("another link is pinned")
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .atMost(REPAIRED.toSeconds(), TimeUnit.SECONDS)
        .until(() -> pins().stream().anyMatch(pin -> !pin.equals(old)));
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private List<Path> pins() throws Exception {
    try (var files = Files.list(node.pin("links"))) {
      return files.toList();
    }
  }

  private Path pinOfTheLink() {
    return node.pin("links/" + Integer.toUnsignedString(attached().getFirst().getId()));
  }

  @Test
  void removedPinIsBackAtOnce() throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      Path pin = pinOfTheLink();
      Files.delete(pin);
      times.add(millisecondsToNewPin(pin));
      awaitAttached(REPAIRED);
    }
    System.out.println("removed pin to new link, ms: " + times);
    assertWorks();
  }

  @Test
  void recreatedInterfaceIsAttachedAtOnce() throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      Path pin = pinOfTheLink();
      node.netns.removeVeth();
      node.netns.addVeth();
      times.add(millisecondsToNewPin(pin));
      awaitAttached(REPAIRED);
    }
    System.out.println("interface made again to new link, ms: " + times);
    assertWorks();
  }

  @Test
  void interfaceThatComesBackLateIsAttachedAtOnce() throws Exception {
    Path pin = pinOfTheLink();
    node.netns.removeVeth();
    node.awaitCondition("xdp", "Error", UP);
    node.netns.addVeth();
    System.out.println("late interface to new link, ms: " + millisecondsToNewPin(pin));
    awaitAttached(REPAIRED);
    node.awaitCondition("xdp", "Success", UP);
  }

  @Test
  void killedDaemonIsWatchedAgain() throws Exception {
    node.daemon.killAndRestart();
    awaitAttached(UP);
    removedPinIsBackAtOnce();
  }

  private void assertWorks() {
    long before = node.count("xdp_counter", "packets");
    node.netns.ping(3);
    assertTrue(node.count("xdp_counter", "packets") >= before + 3);
  }

  @Test
  void commandTellsEventsUntilItIsInterrupted() throws Exception {
    Path out = directory.resolve("watch.out");
    Path err = directory.resolve("watch.err");
    // A shell that started the tests in the background has made SIGINT ignored for all of them.
    Process watch =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.bpfman.cli.Main",
                "watch",
                "-o",
                "json",
                "--socket-path",
                directory.resolve("sock/bpfman.sock").toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    awaitLine(out, "\"kind\": \"watching\"");
    node.netns.ip("link", "add", "w0", "type", "veth", "peer", "name", "w1");
    awaitLine(out, "\"name\": \"w0\"");
    node.netns.ip("link", "del", "w0");
    awaitLine(out, "\"kind\": \"interface-gone\"");
    new ProcessBuilder("kill", "-INT", Long.toString(watch.pid())).start().waitFor();
    assertTrue(watch.waitFor(5, TimeUnit.SECONDS));
    assertEquals(130, watch.exitValue());
    assertEquals("", Files.readString(err));
    assertTrue(Files.readAllLines(out).stream().allMatch(line -> line.endsWith("}")));
  }

  private static void awaitLine(Path file, String text) {
    Awaitility.await(text)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> Files.exists(file) && Files.readString(file).contains(text));
  }
}
