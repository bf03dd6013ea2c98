package io.bpfman.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Applications in the API of a control plane of our own, as kubectl shows them. */
final class KubeApplications implements Applications {
  private static final String KIND = "clusterbpfapplications.bpfman.io";

  /** Shorter than the limit of a command. */
  private static final String DELETION_LIMIT = "20s";

  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: bpfman
      ---
      apiVersion: v1
      kind: Node
      metadata:
        name: %1$s
        labels:
          kubernetes.io/hostname: %1$s
          kubernetes.io/os: linux
      """;

  private final Workspace workspace;
  private final Namespaces namespaces;
  private final RunOptions options;
  private final ControlPlane plane;

  KubeApplications(
      Workspace workspace, Namespaces namespaces, RunOptions options, StopSignal stop) {
    this.workspace = workspace;
    this.namespaces = namespaces;
    this.options = options;
    this.plane =
        new ControlPlane(
            Namespaces.inside(
                namespaces.node(),
                List.of(
                    options.controlPlane().toAbsolutePath().toString(),
                    "hold",
                    workspace.kube().toString())),
            workspace.logs().resolve("control-plane.log"),
            stop);
  }

  @Override
  public List<String> open() throws IOException {
    plane.start();
    Path objects = workspace.root().resolve("objects.yaml");
    Files.writeString(objects, OBJECTS.formatted(options.nodeName()));
    kubectl("apply", "--server-side", "-f", options.crds().toAbsolutePath().toString());
    kubectl("wait", "--for=condition=Established", "--timeout=20s", "crd", "--all");
    kubectl("apply", "--server-side", "-f", objects.toString());
    return List.of(
        "Kubernetes control plane answers in %s; node %s and our kinds are made"
            .formatted(namespaces.node(), options.nodeName()));
  }

  @Override
  public List<String> apply() {
    return kubectl("apply", "-f", workspace.samples().toString()).lines().toList();
  }

  @Override
  public Map<String, State> states() {
    return parse(kubectl("get", KIND, "-o", "json"));
  }

  /** From the list that kubectl prints; the first condition counts. JSON is YAML. */
  static Map<String, State> parse(String json) {
    Map<String, State> states = new TreeMap<>();
    Object list = new Load(LoadSettings.builder().build()).loadFromString(json);
    for (Object item : items(list, "items")) {
      items(item, "status", "conditions").stream()
          .findFirst()
          .ifPresent(
              condition ->
                  states.put(
                      text(item, "metadata", "name"),
                      new State(text(condition, "reason"), text(condition, "message"))));
    }
    return states;
  }

  private static @Nullable Object at(@Nullable Object tree, String... path) {
    Object here = tree;
    for (String field : path) {
      here = here instanceof Map<?, ?> map ? map.get(field) : null;
    }
    return here;
  }

  private static List<?> items(@Nullable Object tree, String... path) {
    return at(tree, path) instanceof List<?> list ? list : List.of();
  }

  private static String text(@Nullable Object tree, String... path) {
    Object found = at(tree, path);
    return found == null ? "" : String.valueOf(found);
  }

  @Override
  public List<String> hints() {
    return List.of(
        "export BPFMAN_SOCKET_PATH=" + workspace.socket(),
        "export KUBECONFIG=" + kubeconfig(),
        "alias kubectl='%s'"
            .formatted(
                String.join(
                    " ", Namespaces.inside(namespaces.node(), List.of(program().toString())))),
        "kubectl get clusterbpfapplications,clusterbpfapplicationstates -o wide");
  }

  @Override
  public int remove(boolean served) {
    if (!Files.exists(kubeconfig())) {
      return 0;
    }
    String words =
        kubectl("delete", KIND, "--all", "--wait=" + served, "--timeout=" + DELETION_LIMIT);
    return (int) words.lines().filter(line -> line.contains(" deleted")).count();
  }

  @Override
  public void close() {
    plane.close();
  }

  private String kubectl(String... arguments) {
    return Shell.run(command(arguments).toArray(String[]::new));
  }

  private List<String> command(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(program().toString());
    words.addAll(List.of("--kubeconfig", kubeconfig().toString()));
    // Not in the home directory, where it would stay.
    words.addAll(List.of("--cache-dir", workspace.kube().resolve("cache").toString()));
    words.addAll(List.of(arguments));
    return Namespaces.inside(namespaces.node(), words);
  }

  private Path program() {
    return workspace.kube().resolve("kubectl");
  }

  private Path kubeconfig() {
    return workspace.kube().resolve("kubeconfig");
  }
}
