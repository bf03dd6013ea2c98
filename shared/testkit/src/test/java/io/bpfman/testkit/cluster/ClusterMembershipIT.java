package io.bpfman.testkit.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four JVMs: one data member ("operator"), two lite ones ("agent", "bridge"), each asking the
 * others all the time.
 */
@Tag("cluster")
@Timeout(240)
class ClusterMembershipIT {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration CROWD_LIMIT = Duration.ofSeconds(150);
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(10);

  private final int port = FreePort.next();
  private final String cluster = "test-" + UUID.randomUUID();
  private final List<JavaProcess> started = new ArrayList<>();

  @AfterEach
  void stopAll() {
    started.forEach(JavaProcess::close);
  }

  @Test
  void liteMembersStartedFirstJoinAsSoonAsTheDataMemberAppears() {
    JavaProcess agent = node("agent", "lite", "bridge", "operator");
    eventually(START_LIMIT, agent, () -> agent.count("waits for an operator") == 1);
    JavaProcess operator = node("operator", "data", "agent");

    eventually(START_LIMIT, agent, () -> agent.count("ok operator") > 0);
    eventually(RECOVERY_LIMIT, operator, () -> operator.count("ok agent") > 0);
    assertEquals(1, agent.count("waits for an operator"), agent.output());
  }

  @Test
  void everyRequestWorksAgainAfterTheOnlyDataMemberWasKilledAndStartedAgain() {
    JavaProcess operator = node("operator", "data", "agent", "bridge");
    JavaProcess agent = node("agent", "lite", "bridge", "operator");
    JavaProcess bridge = node("bridge", "lite", "agent");
    eventually(START_LIMIT, agent, () -> agent.count("ok bridge") > 0);
    eventually(START_LIMIT, operator, () -> operator.count("ok bridge") > 0);

    operator.kill();
    long before = agent.count("ok bridge");
    eventually(RECOVERY_LIMIT, agent, () -> agent.count("ok bridge") > before + 10);
    JavaProcess again = node("operator", "data", "agent", "bridge");
    eventually(START_LIMIT, again, () -> again.count("operator ready") > 0);
    long agentToOperator = agent.count("ok operator");
    long bridgeToAgent = bridge.count("ok agent");

    eventually(RECOVERY_LIMIT, again, () -> again.count("ok agent") > 0);
    eventually(RECOVERY_LIMIT, again, () -> again.count("ok bridge") > 0);
    eventually(RECOVERY_LIMIT, agent, () -> agent.count("ok operator") > agentToOperator);
    eventually(RECOVERY_LIMIT, bridge, () -> bridge.count("ok agent") > bridgeToAgent);
    eventually(RECOVERY_LIMIT, agent, () -> agent.count("agent ready") == 2);
    long fresh = agent.count("ok bridge");
    eventually(RECOVERY_LIMIT, agent, () -> agent.count("ok bridge") > fresh + 3);
  }

  @Test
  void aMemberThatIsToldToStopLeavesAtOnceAndIsMissedAtOnce() {
    JavaProcess operator = node("operator", "data", "agent");
    JavaProcess agent = node("agent", "lite", "operator");
    eventually(START_LIMIT, operator, () -> operator.count("ok agent") > 0);

    assertTrue(agent.terminate(Duration.ofSeconds(5)), agent.output());
    assertEquals(1, agent.count("agent stopped"), agent.output());
    long timeouts = operator.count("failed agent DEADLINE_EXCEEDED");
    long refusals = operator.count("failed agent UNAVAILABLE");
    eventually(
        RECOVERY_LIMIT, operator, () -> operator.count("failed agent UNAVAILABLE") > refusals + 3);
    assertTrue(operator.count("failed agent DEADLINE_EXCEEDED") <= timeouts + 1, operator.output());
  }

  @Test
  @Timeout(240)
  void tenProcessesThatStartAtOnceAreAllHeardAndNoneEnds() {
    List<JavaProcess> agents = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      agents.add(node("agent" + i, "lite", "operator"));
    }
    JavaProcess operator = node("operator", "data");
    for (JavaProcess agent : agents) {
      eventually(CROWD_LIMIT, agent, () -> agent.count("ok operator") > 0);
      assertTrue(agent.isAlive(), agent.output());
    }
    assertTrue(operator.isAlive(), operator.output());
  }

  @Test
  void aSecondDataMemberOnTheSamePortSaysSoAndExits() {
    JavaProcess operator = node("operator", "data");
    eventually(START_LIMIT, operator, () -> operator.count("operator ready") > 0);

    JavaProcess second = node("second", "data");
    eventually(START_LIMIT, second, () -> !second.isAlive());
    assertTrue(
        second.count("the cluster member cannot start on 127.0.0.1 port " + port) > 0,
        second.output());
  }

  private JavaProcess node(String name, String role, String... peers) {
    List<String> arguments =
        new ArrayList<>(
            List.of(name, role, "127.0.0.1", Integer.toString(port), "127.0.0.1:" + port, cluster));
    arguments.addAll(List.of(peers));
    JavaProcess process = JavaProcess.start(TalkingNode.class, arguments.toArray(String[]::new));
    started.add(process);
    return process;
  }

  private static void eventually(Duration limit, JavaProcess shown, Callable<Boolean> condition) {
    try {
      await().atMost(limit).pollInterval(Duration.ofMillis(50)).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "; output:\n" + shown.output(), e);
    }
  }
}
