package io.bpfman.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that comes up where nobody is: no operator, and no server that knows its name. */
@Tag("cluster")
class RebootIT {
  private static final Duration UP = Duration.ofSeconds(40);

  private Node node;
  private Path object;

  @BeforeEach
  void startEverything(@TempDir Path directory) throws Exception {
    node = new Node(directory, "--cluster-members", "operators.invalid:5701,127.0.0.1:5701");
    object = node.sample("xdp_counter");
    node.start();
    node.apply("xdp", Node.xdpCounter(object, 50));
    node.awaitCondition("xdp", "Success", UP);
  }

  @AfterEach
  void stopEverything() throws Exception {
    node.close();
  }

  @Test
  void programsComeBackWithoutOperatorAndNamesAndAReturningOperatorChangesNothing()
      throws Exception {
    node.powerOff();

    long start = System.nanoTime();
    node.daemon.launch();
    node.agent.launch();
    Awaitility.await("the program runs with nobody else there")
        .atMost(UP.toMillis(), TimeUnit.MILLISECONDS)
        .ignoreExceptions()
        .until(() -> node.links().size() == 1);
    System.out.printf(
        "a rebooted node without operator: programs run after %d ms%n",
        Duration.ofNanos(System.nanoTime() - start).toMillis());
    node.netns.ping(3);
    assertTrue(node.count("xdp_counter", "packets") >= 3);
    assertTrue(node.agent.log().contains("starting from revision"), node.agent.log());

    Map<String, Integer> programs = node.programs();
    node.operator.launch();
    node.operator.awaitReady();
    node.apply("xdp", Node.xdpCounter(object, 51));
    node.awaitXdpPriority(51, UP);
    node.awaitCondition("xdp", "Success", UP);
    assertEquals(programs, node.programs());
  }
}
