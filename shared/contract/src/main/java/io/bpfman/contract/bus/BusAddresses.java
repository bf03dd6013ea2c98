package io.bpfman.contract.bus;

/** Every address on the bus. */
public final class BusAddresses {
  /** Node reports; answered by the leading operator. */
  public static final String OPERATOR_REPORTS = "bpfman.operator.reports";

  /** What happened, published to whoever listens. */
  public static final String EVENTS = "bpfman.events";

  private static final String NODE_EVENTS = EVENTS + ".";
  private static final String AGENT = "bpfman.agent.";
  private static final String LOADER = "bpfman.loader.";

  private BusAddresses() {}

  /** The agent of a node. */
  public static String agent(String node) {
    return AGENT + node;
  }

  /** The loader bridge of a node. */
  public static String loader(String node) {
    return LOADER + node;
  }

  /**
   * What happened to the loader of one node, published to that node's agent: were it read from
   * {@link #EVENTS}, each event would travel to every node.
   */
  public static String events(String node) {
    return NODE_EVENTS + node;
  }

  /** Who answers at an address, in words. */
  public static String describe(String address) {
    if (address.startsWith(AGENT)) {
      return "the agent of node \"%s\"".formatted(address.substring(AGENT.length()));
    }
    if (address.startsWith(LOADER)) {
      return "the loader bridge of node \"%s\"".formatted(address.substring(LOADER.length()));
    }
    return address.equals(OPERATOR_REPORTS) ? "the operator" : "the address " + address;
  }
}
