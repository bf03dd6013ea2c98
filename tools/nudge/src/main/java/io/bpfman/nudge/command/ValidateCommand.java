package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Severity;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.graph.GraphRules;
import io.bpfman.nudge.core.graph.RebuildGraph;
import io.bpfman.nudge.core.graph.SourceTree;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.nudge.NudgeFileRules;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Catalog;
import io.bpfman.nudge.core.rules.BundleRules;
import io.bpfman.nudge.core.rules.CatalogRules;
import io.bpfman.nudge.core.rules.CrossRules;
import io.bpfman.nudge.core.rules.LabelRules;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman-nudge validate}. */
@Command(
    name = "validate",
    description =
        "Checks nudge files, PipelineRuns, bundle and catalog, each alone and all together.")
public final class ValidateCommand implements Callable<Integer> {
  private final NudgeContext context;
  private final List<Finding> findings = new ArrayList<>();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "The bundle, below the root (default: olm/bundle when there is one).")
  private String bundle = "";

  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description = "The catalog, below the root (default: olm/catalog when there is one).")
  private String catalog = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default text).")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(names = "--strict", description = "Exit 1 for warnings too.")
  private boolean strict;

  public ValidateCommand(NudgeContext context) {
    this.context = context;
  }

  /** What does not parse is an error like others: one broken file hides nothing in the rest. */
  @Override
  public Integer call() {
    SourceTree tree = repository.tree();
    guarded(
        ".tekton",
        () -> {
          RebuildGraph graph = RebuildGraph.of(tree, repository.topology(tree));
          return GraphRules.check(tree, graph, repository.nudgeFiles);
        });
    List<NudgeFile> nudges = nudgeFiles();
    @Nullable Bundle read = bundle(nudges);
    if (read != null) {
      guarded(".tekton", () -> LabelRules.check(read, tree, repository.topology(tree)));
    }
    catalog(read, nudges);
    print();
    boolean failed =
        findings.stream()
            .map(Finding::severity)
            .anyMatch(s -> s == Severity.ERROR || (strict && s == Severity.WARNING));
    return failed ? ExitCodes.FOUND : ExitCodes.FINE;
  }

  private List<NudgeFile> nudgeFiles() {
    List<NudgeFile> nudges = new ArrayList<>();
    Path directory = repository.root.resolve(repository.nudgeFiles).normalize();
    List<Component> components = new ArrayList<>();
    guarded(
        repository.nudgeFiles,
        () -> {
          for (Path file : BundleFiles.nudgeFiles(directory)) {
            guarded(
                file.toString(),
                () -> {
                  nudges.add(BundleFiles.nudgeFile(file));
                  return List.of();
                });
          }
          components.addAll(BundleFiles.components(directory));
          return List.of();
        });
    nudges.forEach(nudge -> findings.addAll(NudgeFileRules.all(nudge, components)));
    return nudges;
  }

  private @Nullable Bundle bundle(List<NudgeFile> nudges) {
    Optional<Path> directory = directory(bundle, "olm/bundle");
    List<Bundle> read = new ArrayList<>();
    directory.ifPresent(
        path ->
            guarded(
                path.toString(),
                () -> {
                  Bundle found = BundleFiles.bundle(path);
                  findings.addAll(BundleRules.check(found));
                  if (found.csvFiles().size() != 1) {
                    return List.of();
                  }
                  read.add(found);
                  return CrossRules.bundle(found, nudges);
                }));
    return read.isEmpty() ? null : read.getFirst();
  }

  private void catalog(@Nullable Bundle read, List<NudgeFile> nudges) {
    directory(catalog, "olm/catalog")
        .ifPresent(
            path ->
                guarded(
                    path.toString(),
                    () -> {
                      List<YamlFile> files = new ArrayList<>(BundleFiles.all(path));
                      BundleFiles.list(path).stream()
                          .filter(Files::isDirectory)
                          .forEach(below -> files.addAll(BundleFiles.all(below)));
                      Catalog found = Catalog.of(files);
                      findings.addAll(CatalogRules.check(found));
                      return read == null ? List.of() : CrossRules.catalog(found, read, nudges);
                    }));
  }

  /** The directory that was asked for, else the usual one when it exists. */
  private Optional<Path> directory(String given, String usual) {
    Path path = repository.root.resolve(given.isEmpty() ? usual : given).normalize();
    return given.isEmpty() && !Files.exists(path) ? Optional.empty() : Optional.of(path);
  }

  private void guarded(String file, Supplier<List<Finding>> check) {
    try {
      findings.addAll(check.get());
    } catch (UnusableInputException e) {
      findings.add(e.finding(file));
    }
  }

  private void print() {
    if (format == OutputFormat.JSON) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("passed", findings.stream().noneMatch(f -> f.severity() == Severity.ERROR));
      json.put("findings", Json.findings(findings));
      context.out().println(Json.text(json));
      return;
    }
    findings.forEach(context.out()::println);
    context
        .out()
        .println(
            "%d errors, %d warnings".formatted(count(Severity.ERROR), count(Severity.WARNING)));
  }

  private long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
