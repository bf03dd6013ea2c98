package io.bpfman.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of all processes, with every path and name inside one workspace. */
final class Fleet {
  private final Workspace workspace;
  private final Namespaces namespaces;
  private final Path home;
  private final String node;

  /**
   * @param home distribution that holds bin
   */
  Fleet(Workspace workspace, Namespaces namespaces, Path home, String node) {
    this.workspace = workspace;
    this.namespaces = namespaces;
    this.home = home;
    this.node = node;
  }

  Service daemon() {
    return program(
        "daemon",
        "bpfman",
        List.of(
            "serve",
            "--runtime-dir",
            workspace.runtime().toString(),
            "--image-cache-dir",
            workspace.imageCache().toString(),
            "--socket-path",
            workspace.socket().toString()));
  }

  Service operator() {
    return program(
        "operator",
        "bpfman-operator",
        clustered(
            "--manifest-dir",
            workspace.manifests().toString(),
            "--state-dir",
            operatorState().toString()));
  }

  /** Works on the API of the control plane in the workspace. */
  Service kubeOperator() {
    return program(
        "operator",
        "bpfman-operator",
        clustered(
            "--kubernetes",
            "--kubeconfig",
            workspace.kube().resolve("kubeconfig").toString(),
            "--state-dir",
            operatorState().toString()));
  }

  Service agent() {
    return program(
        "agent",
        "bpfman-agent",
        clustered(
            "--node-name",
            node,
            "--socket-path",
            workspace.socket().toString(),
            "--operator-key",
            operatorState().resolve("operator.pub").toString(),
            "--state-dir",
            workspace.state().resolve("agent").toString()));
  }

  /**
   * Sends datagrams from the peer to the node: about 20 a second to a port where nobody listens.
   */
  Service traffic() {
    String loop =
        "while :; do for i in 1 2 3 4; do echo bpfman > /dev/udp/%s/9; done; sleep 0.2; done"
            .formatted(Namespaces.NODE_ADDRESS);
    return service(
        "traffic",
        Namespaces.inside(namespaces.peer(), List.of("bash", "-c", loop, workspace.mark())));
  }

  /**
   * Starts a process that looks a name up, about three times a second: for the uprobe and the
   * tracepoint.
   */
  Service lookups() {
    String loop = "while :; do getent ahosts 127.0.0.1 > /dev/null; sleep 0.3; done";
    return service(
        "look-ups",
        Namespaces.inside(namespaces.node(), List.of("bash", "-c", loop, workspace.mark())));
  }

  private List<String> clustered(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--cluster-name", "demo-" + workspace.id()));
    return all;
  }

  /** Path of one of the distribution's scripts. */
  String command(String script) {
    return home.resolve("bin").resolve(script).toString();
  }

  private Service program(String name, String script, List<String> flags) {
    List<String> command = new ArrayList<>(List.of(command(script)));
    command.addAll(flags);
    return service(name, Namespaces.inside(namespaces.node(), command));
  }

  private Service service(String name, List<String> command) {
    return new Service(name, command, workspace.logs().resolve(name.replace(' ', '-') + ".log"));
  }

  private Path operatorState() {
    return workspace.state().resolve("operator");
  }
}
