package io.bpfman.agent.port;

import java.util.List;

/** What is true of the node right now. Blocking. */
public interface NodeFacts {
  /**
   * Ordered by name.
   *
   * @throws io.bpfman.model.BpfmanException INTERNAL when the system does not tell
   */
  List<NodeInterface> interfaces();
}
