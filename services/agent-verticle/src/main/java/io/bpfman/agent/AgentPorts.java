package io.bpfman.agent;

import io.bpfman.agent.adapter.host.FileDesiredState;
import io.bpfman.agent.adapter.host.FileObjectDigests;
import io.bpfman.agent.adapter.host.HostNodeFacts;
import io.bpfman.agent.port.DesiredStateFile;
import io.bpfman.agent.port.NodeFacts;
import io.bpfman.agent.port.ObjectDigests;
import java.nio.file.Path;

/** What the verticle is given of its machine. */
public record AgentPorts(NodeFacts facts, ObjectDigests objects, DesiredStateFile file) {
  /** Those of the host that this process runs on. */
  public static AgentPorts ofHost(AgentConfig config) {
    return new AgentPorts(
        new HostNodeFacts(Path.of("/proc/net/route")),
        new FileObjectDigests(),
        new FileDesiredState(config.stateDir().resolve("desired-state.pb")));
  }
}
