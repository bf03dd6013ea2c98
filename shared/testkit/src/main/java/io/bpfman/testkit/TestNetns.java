package io.bpfman.testkit;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Two network namespaces of random name, joined by a veth pair. Needs root and iproute2. Close
 * deletes both; the kernel then deletes what is in them.
 */
public final class TestNetns implements AutoCloseable {
  /** Interface in {@link #path}. */
  public static final String INTERFACE = "veth0";

  /** Address of {@link #INTERFACE}. */
  public static final String ADDRESS = "10.77.0.1";

  /** Interface in the other namespace. */
  public static final String PEER_INTERFACE = "peer0";

  /** Address of {@link #PEER_INTERFACE}. */
  public static final String PEER_ADDRESS = "10.77.0.2";

  private final String name;
  private final String peer;

  private TestNetns(String name) {
    this.name = name;
    this.peer = name + "-peer";
  }

  /** Both interfaces are up and have their addresses. */
  public static TestNetns create() {
    byte[] random = new byte[4];
    ThreadLocalRandom.current().nextBytes(random);
    TestNetns netns = new TestNetns("bpft" + HexFormat.of().formatHex(random));
    try {
      Commands.run("ip", "netns", "add", netns.name);
      Commands.run("ip", "netns", "add", netns.peer);
      netns.addVeth();
      return netns;
    } catch (RuntimeException failed) {
      netns.close();
      throw failed;
    }
  }

  public String name() {
    return name;
  }

  /** Path of the namespace that tests attach to. */
  public Path path() {
    return Path.of("/run/netns", name);
  }

  /** Runs {@code ip -n <namespace> ...} and answers its output. */
  public String ip(String... arguments) {
    return Commands.run(Commands.concat(new String[] {"ip", "-n", name}, arguments));
  }

  /** Runs a command inside the namespace and answers its output. */
  public String exec(String... command) {
    return Commands.run(Commands.concat(new String[] {"ip", "netns", "exec", name}, command));
  }

  /**
   * Sends {@code count} echo requests out of {@link #INTERFACE} and waits for the answers: as many
   * packets each way.
   */
  public void ping(int count) {
    exec("ping", "-q", "-c", Integer.toString(count), "-i", "0.01", "-W", "2", PEER_ADDRESS);
  }

  /** Deletes the veth pair. */
  public void removeVeth() {
    ip("link", "del", INTERFACE);
  }

  /** Makes the veth pair again, as at creation. */
  public void addVeth() {
    ip("link", "add", INTERFACE, "type", "veth", "peer", "name", PEER_INTERFACE, "netns", peer);
    ip("addr", "add", ADDRESS + "/24", "dev", INTERFACE);
    ip("link", "set", INTERFACE, "up");
    ip("link", "set", "lo", "up");
    Commands.run("ip", "-n", peer, "addr", "add", PEER_ADDRESS + "/24", "dev", PEER_INTERFACE);
    Commands.run("ip", "-n", peer, "link", "set", PEER_INTERFACE, "up");
  }

  @Override
  public void close() {
    Commands.tryRun("ip", "netns", "del", peer);
    Commands.tryRun("ip", "netns", "del", name);
  }
}
