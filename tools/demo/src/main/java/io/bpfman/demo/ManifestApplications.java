package io.bpfman.demo;

import io.bpfman.cli.Commands;
import io.bpfman.cli.LoaderOpener;
import io.bpfman.cli.manifest.ApplicationStates;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Applications in the directory of manifests. */
final class ManifestApplications implements Applications {
  private final Workspace workspace;
  private final LoaderOpener opener;
  private final String client;

  /**
   * @param client path of the {@code bpfman} command
   */
  ManifestApplications(Workspace workspace, LoaderOpener opener, String client) {
    this.workspace = workspace;
    this.opener = opener;
    this.client = client;
  }

  @Override
  public List<String> open() {
    return List.of();
  }

  @Override
  public List<String> apply() {
    StringWriter words = new StringWriter();
    PrintWriter writer = new PrintWriter(words);
    int code =
        new Commands(opener, Map.of(), writer, writer)
            .run(
                List.of(
                    "apply",
                    "-f",
                    workspace.samples().toString(),
                    "--manifests",
                    workspace.manifests().toString()));
    writer.flush();
    if (code != 0) {
      throw FailureCode.START_REFUSED.because("the samples cannot be applied: " + words);
    }
    return words.toString().lines().toList();
  }

  @Override
  public Map<String, State> states() {
    Map<String, String> messages = ApplicationStates.messages(workspace.manifests());
    Map<String, State> states = new TreeMap<>();
    ApplicationStates.read(workspace.manifests())
        .forEach(
            (name, reason) -> states.put(name, new State(reason, messages.getOrDefault(name, ""))));
    return states;
  }

  @Override
  public List<String> hints() {
    return List.of(
        "export BPFMAN_SOCKET_PATH=" + workspace.socket(),
        "export BPFMAN_MANIFESTS=" + workspace.manifests(),
        client + " get applications");
  }

  @Override
  public int remove(boolean served) throws IOException {
    try (Stream<Path> entries = Files.list(workspace.manifests())) {
      List<Path> manifests = entries.filter(Files::isRegularFile).toList();
      for (Path manifest : manifests) {
        Files.delete(manifest);
      }
      return manifests.size();
    }
  }

  @Override
  public void close() {
    // Files need nobody to serve them.
  }
}
