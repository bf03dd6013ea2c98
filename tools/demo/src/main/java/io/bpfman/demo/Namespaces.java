package io.bpfman.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node and a peer in network namespaces of their own, joined by a veth pair; the node's end is
 * {@code eth0}, as in the samples.
 */
final class Namespaces {
  /** Of the range that is set aside for benchmarks between devices (RFC 2544). */
  static final String NODE_ADDRESS = "198.18.0.1";

  private static final String PEER_ADDRESS = "198.18.0.2";

  private final String node;
  private final String peer;

  Namespaces(String id) {
    node = "bpfman-node-" + id;
    peer = "bpfman-peer-" + id;
  }

  String node() {
    return node;
  }

  String peer() {
    return peer;
  }

  void create() {
    Shell.run("ip", "netns", "add", node);
    Shell.run("ip", "netns", "add", peer);
    Shell.run(
        "ip", "link", "add", "eth0", "netns", node, "type", "veth", "peer", "name", "eth0", "netns",
        peer);
    up(node, NODE_ADDRESS);
    up(peer, PEER_ADDRESS);
  }

  /**
   * The words that run a command in a namespace; unlike `ip netns exec` they leave the mounts
   * alone.
   */
  static List<String> inside(String namespace, List<String> command) {
    List<String> words = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace, "--"));
    words.addAll(command);
    return words;
  }

  /** Removes what there is; the veth pair goes with its namespaces. */
  void delete() {
    for (String namespace : List.of(node, peer)) {
      if (Files.exists(Path.of("/run/netns", namespace))) {
        Shell.run("ip", "netns", "delete", namespace);
      }
    }
  }

  private static void up(String namespace, String address) {
    Shell.run("ip", "-n", namespace, "link", "set", "lo", "up");
    Shell.run("ip", "-n", namespace, "address", "add", address + "/30", "dev", "eth0");
    Shell.run("ip", "-n", namespace, "link", "set", "eth0", "up");
  }
}
