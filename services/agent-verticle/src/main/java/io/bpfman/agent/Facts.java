package io.bpfman.agent;

import io.bpfman.agent.core.DesiredApplication;
import io.bpfman.agent.core.Desires;
import io.bpfman.agent.port.NodeInterface;
import io.bpfman.proto.bus.v1.Application;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was true of the node at one moment.
 *
 * @param contents digest of each readable object file, by path
 */
record Facts(List<NodeInterface> interfaces, Map<String, String> contents) {
  /** Blocking. */
  static Facts read(AgentPorts ports, Collection<Application> applications) {
    Map<String, String> contents = new HashMap<>();
    applications.stream()
        .filter(application -> application.getBytecode().hasFile())
        .map(application -> application.getBytecode().getFile())
        .distinct()
        .forEach(path -> ports.objects().of(path).ifPresent(hash -> contents.put(path, hash)));
    return new Facts(ports.facts().interfaces(), contents);
  }

  DesiredApplication concrete(Application application) {
    String content = contents.getOrDefault(application.getBytecode().getFile(), "");
    return new Desires(interfaces).of(application, content);
  }
}
