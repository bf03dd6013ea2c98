package io.bpfman.testkit.cluster;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Members that are given by a name, which a real name server answers, in processes of their own.
 */
@Tag("cluster")
@Tag("go")
@Timeout(300)
class JoinByNameIT {
  private static final Duration START_LIMIT = Duration.ofSeconds(80);
  private static final String NAME = "members.bpfman.test";
  private static final String ONE = "10.88.0.1";
  private static final String TWO = "10.88.0.2";
  private static final String THREE = "10.88.0.3";
  private static final String AGENT = "10.88.0.9";
  private static final String SIX = "fd88::1";
  private static final String SIX_AGENT = "fd88::9";

  private final String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private final NameServer names =
      NameServer.start(
          "bpfdns" + random,
          List.of(
              ONE + "/32",
              TWO + "/32",
              THREE + "/32",
              AGENT + "/32",
              SIX + "/128",
              SIX_AGENT + "/128"));
  private final List<JavaProcess> started = new ArrayList<>();

  @AfterEach
  void stopAll() {
    started.forEach(JavaProcess::close);
    names.close();
  }

  @Test
  void operatorsThatStartedBeforeTheirNameExistedAndAnAgentBecomeOneCluster() {
    JavaProcess agent = node("agent", "lite", AGENT, "one", "two");
    JavaProcess one = node("one", "data", ONE, "two", "agent");
    JavaProcess two = node("two", "data", TWO, "one", "agent");
    eventually(START_LIMIT, one, () -> one.count("one ready") == 1);
    eventually(START_LIMIT, two, () -> two.count("two ready") == 1);
    eventually(START_LIMIT, agent, () -> agent.count("waits for an operator at " + NAME) == 1);

    names.set(NAME, ONE, TWO);
    eventually(START_LIMIT, one, () -> one.count("ok two") > 0 && one.count("ok agent") > 0);
    eventually(START_LIMIT, two, () -> two.count("ok one") > 0 && two.count("ok agent") > 0);
    eventually(START_LIMIT, agent, () -> agent.count("ok one") > 0 && agent.count("ok two") > 0);
  }

  @Test
  void operatorsThatStartAtOnceByTheSameNameBecomeOneCluster() {
    names.set(NAME, THREE, TWO, ONE);
    JavaProcess one = node("one", "data", ONE, "two");
    JavaProcess two = node("two", "data", TWO, "one");

    eventually(START_LIMIT, one, () -> one.count("ok two") > 0);
    eventually(START_LIMIT, two, () -> two.count("ok one") > 0);
  }

  @Test
  void anOperatorWhoseAddressChangedIsJoinedAgain() {
    names.set(NAME, ONE);
    JavaProcess first = node("one", "data", ONE, "agent");
    JavaProcess agent = node("agent", "lite", AGENT, "one");
    eventually(START_LIMIT, agent, () -> agent.count("ok one") > 0);

    first.kill();
    names.set(NAME, THREE);
    JavaProcess second = node("one", "data", THREE, "agent");
    eventually(START_LIMIT, second, () -> second.count("ok agent") > 0);
    eventually(START_LIMIT, agent, () -> agent.count("agent ready") == 2);
  }

  @Test
  void aNameWithAnAddressOfVersion6Only() {
    names.set(NAME, SIX);
    JavaProcess one = node("one", "data", SIX, "agent");
    JavaProcess agent = node("agent", "lite", SIX_AGENT, "one");

    eventually(START_LIMIT, agent, () -> agent.count("ok one") > 0);
    eventually(START_LIMIT, one, () -> one.count("ok agent") > 0);
  }

  private JavaProcess node(String name, String role, String address, String... peers) {
    List<String> arguments =
        new ArrayList<>(List.of(name, role, address, "5701", NAME + ":5701", "test-" + random));
    arguments.addAll(List.of(peers));
    JavaProcess process =
        JavaProcess.startIn(names.prefix(), TalkingNode.class, arguments.toArray(String[]::new));
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
