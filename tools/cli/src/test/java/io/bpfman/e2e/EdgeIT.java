package io.bpfman.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is no member: from a one-time token to a counting program. */
@Tag("cluster")
class EdgeIT {
  private static final Duration UP = Duration.ofSeconds(60);

  private @TempDir Path directory;

  private Node node;

  @BeforeEach
  void prepare() throws Exception {
    node =
        new Node(
            directory,
            netns ->
                List.of(
                    "--manifest-dir",
                    directory.resolve("manifests").toString(),
                    "--edge-bind-address",
                    "0.0.0.0:5702",
                    "--enrolment-bind-address",
                    "0.0.0.0:5703"),
            List.of(
                "--uplink",
                "edge",
                "--edge-operators",
                "localhost:5702",
                "--edge-tls-directory",
                directory.resolve("tls").toString(),
                "--enrolment-server",
                "localhost:5703",
                "--enrolment-token",
                token().toString(),
                "--enrolment-authorities",
                directory.resolve("operator/ca.crt").toString()));
  }

  @AfterEach
  void stopEverything() throws Exception {
    node.close();
  }

  private Path token() {
    return directory.resolve("token");
  }

  @Test
  void aNodeEnrolsOnceAndRunsWhatIsAppliedWhicheverProcessDies() throws Exception {
    Path object = node.sample("xdp_counter");
    node.daemon.launch();
    node.operator.launch();
    node.operator.awaitReady();
    enrol();
    node.agent.launch();
    node.apply("xdp", Node.xdpCounter(object, 50));
    node.awaitCondition("xdp", "Success", UP);
    node.netns.ping(3);
    assertTrue(node.count("xdp_counter", "packets") >= 3);
    assertTrue(node.agent.log().contains("connected to operator"), node.agent.log());
    assertFalse(node.agent.log().contains("hazelcast"), node.agent.log());

    Map<String, Integer> programs = node.programs();
    Files.delete(token());
    node.agent.killAndRestart();
    node.operator.killAndRestart();
    node.apply("xdp", Node.xdpCounter(object, 51));
    node.awaitXdpPriority(51, UP);
    node.awaitCondition("xdp", "Success", UP);
    assertEquals(programs, node.programs());
  }

  private void enrol() throws Exception {
    Process enrol =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.bpfman.operator.Main",
                "enroll",
                "n1",
                "--state-dir",
                directory.resolve("operator").toString())
            .redirectOutput(token().toFile())
            .redirectError(directory.resolve("enroll.log").toFile())
            .start();
    assertTrue(enrol.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, enrol.exitValue(), Files.readString(directory.resolve("enroll.log")));
  }
}
