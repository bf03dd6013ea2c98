package io.bpfman.nudge.command;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.graph.Explanation;
import io.bpfman.nudge.core.graph.RebuildGraph;
import io.bpfman.nudge.core.graph.SourceTree;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman-nudge explain}. */
@Command(
    name = "explain",
    description = "Tells who rewrites a file, who is built when it changes, and why.")
public final class ExplainCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Parameters(arity = "1", paramLabel = "FILE", description = "A path, from the root.")
  private String file = "";

  public ExplainCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    SourceTree tree = repository.tree();
    String path = Path.of(file).normalize().toString();
    if (!tree.files().contains(path)) {
      throw new UnusableInputException(
          Place.of(path), "is no file of " + repository.root.toAbsolutePath().normalize());
    }
    RebuildGraph graph = RebuildGraph.of(tree, repository.topology(tree));
    Explanation.of(graph, path).forEach(context.out()::println);
    return ExitCodes.FINE;
  }
}
