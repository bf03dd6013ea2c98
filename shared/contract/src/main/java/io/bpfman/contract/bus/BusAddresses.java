package io.bpfman.contract.bus;

/**
 * Every address on the bus. Those with a node's name are reached from the whole cluster through the
 * node's uplink; those without are of one process, which no other can reach.
 */
public final class BusAddresses {
  /** Node reports; answered by the leading operator. */
  public static final String OPERATOR_REPORTS = "bpfman.operator.reports";

  /** What happened, published to whoever listens. */
  public static final String EVENTS = "bpfman.events";

  /** The agent of this process. */
  public static final String OWN_AGENT = "agent";

  /** The loader of this process, with everything that changes programs. */
  public static final String OWN_LOADER = "loader";

  /** What the daemon behind {@link #OWN_LOADER} noticed, published. */
  public static final String OWN_LOADER_EVENTS = "loader.events";

  private static final String AGENT = "bpfman.agent.";
  private static final String LOADER = "bpfman.loader.";

  private BusAddresses() {}

  /** The agent of a node. */
  public static String agent(String node) {
    return AGENT + node;
  }

  /** What can be read of the loader of a node. */
  public static String loader(String node) {
    return LOADER + node;
  }

  /** Who answers at an address, in words. */
  public static String describe(String address) {
    if (address.startsWith(AGENT)) {
      return "the agent of node \"%s\"".formatted(address.substring(AGENT.length()));
    }
    if (address.startsWith(LOADER)) {
      return "the loader of node \"%s\"".formatted(address.substring(LOADER.length()));
    }
    return switch (address) {
      case OPERATOR_REPORTS -> "the operator";
      case OWN_AGENT -> "the agent of this node";
      case OWN_LOADER -> "the loader of this node";
      default -> "the address " + address;
    };
  }
}
