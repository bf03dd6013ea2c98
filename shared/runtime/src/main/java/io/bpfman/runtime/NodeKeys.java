package io.bpfman.runtime;

import io.bpfman.model.FailureCode;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of a node, for everything that runs on it. */
public final class NodeKeys {
  public static final ConfigKey<String> NODE_NAME =
      ConfigKey.text("node.name", "Name of this node; the host name unless set.")
          .orEnv("KUBE_NODE_NAME")
          .optional();

  private NodeKeys() {}

  /** CONFIGURATION_INVALID when it is not set and the host does not know its name. */
  public static String nodeName(ConfigValues values) {
    return values.find(NODE_NAME).orElseGet(NodeKeys::hostName);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "this host does not know its own name", "give --node-name", e);
    }
  }
}
