package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.graph.GraphRules;
import io.bpfman.nudge.core.graph.RebuildGraph;
import io.bpfman.nudge.core.graph.SourceTree;
import io.bpfman.nudge.core.graph.Topology;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.nudge.NudgeFileRules;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.rules.BuildRules;
import io.bpfman.nudge.core.rules.BundleRules;
import io.bpfman.nudge.core.rules.CatalogCrossRules;
import io.bpfman.nudge.core.rules.CatalogRules;
import io.bpfman.nudge.core.rules.CrossRules;
import io.bpfman.nudge.core.rules.LabelRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what there is and checks it. What does not parse is a finding like others: one broken file
 * hides nothing in the rest.
 */
final class Validation {
  private static final String TEKTON = ".tekton";

  private final RepositoryOptions repository;
  private final List<Finding> findings = new ArrayList<>();
  private final List<NudgeFile> nudges = new ArrayList<>();

  Validation(RepositoryOptions repository) {
    this.repository = repository;
  }

  /** A directory that is null is not checked. */
  List<Finding> run(@Nullable Path bundle, @Nullable Path catalog) {
    SourceTree tree = repository.tree();
    List<Topology> topology = new ArrayList<>();
    List<RebuildGraph> graph = new ArrayList<>();
    guarded(
        TEKTON,
        () -> {
          topology.add(repository.topology(tree));
          graph.add(graph(tree, topology.getFirst()));
        });
    nudgeFiles();
    List<Bundle> read = new ArrayList<>();
    if (bundle != null) {
      guarded(bundle.toString(), () -> bundle(bundle, read));
    }
    for (Bundle found : read) {
      topology.forEach(
          known -> guarded(TEKTON, () -> findings.addAll(LabelRules.check(found, tree, known))));
      graph.forEach(g -> findings.addAll(BuildRules.check(found, g)));
    }
    if (catalog != null) {
      guarded(catalog.toString(), () -> catalog(catalog, read));
    }
    return List.copyOf(findings);
  }

  private RebuildGraph graph(SourceTree tree, Topology topology) {
    RebuildGraph graph = RebuildGraph.of(tree, topology);
    findings.addAll(GraphRules.check(tree, graph, repository.nudgeFiles));
    return graph;
  }

  private void nudgeFiles() {
    Path directory = repository.root.resolve(repository.nudgeFiles).normalize();
    List<Component> components = new ArrayList<>();
    guarded(
        repository.nudgeFiles,
        () -> {
          for (Path file : BundleFiles.nudgeFiles(directory)) {
            guarded(file.toString(), () -> nudges.add(BundleFiles.nudgeFile(file)));
          }
          components.addAll(BundleFiles.components(directory));
        });
    nudges.forEach(nudge -> findings.addAll(NudgeFileRules.all(nudge, components)));
  }

  private void bundle(Path path, List<Bundle> read) {
    Bundle bundle = BundleFiles.bundle(path);
    findings.addAll(BundleRules.check(bundle));
    if (bundle.csvFiles().size() == 1) {
      findings.addAll(CrossRules.bundle(bundle, nudges));
      read.add(bundle);
    }
  }

  private void catalog(Path path, List<Bundle> read) {
    Catalog catalog = Catalog.of(BundleFiles.catalog(path));
    findings.addAll(CatalogRules.check(catalog));
    read.forEach(bundle -> findings.addAll(CatalogCrossRules.check(catalog, bundle, nudges)));
  }

  private void guarded(String file, Runnable check) {
    try {
      check.run();
    } catch (UnusableInputException e) {
      findings.add(e.finding(file));
    }
  }
}
