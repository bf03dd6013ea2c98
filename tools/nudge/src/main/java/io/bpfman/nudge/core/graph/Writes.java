package io.bpfman.nudge.core.graph;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.pac.PipelineRun;
import io.bpfman.nudge.core.pac.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files that a nudge of a component rewrites: those that match the patterns of its push PipelineRun
 * and hold a digest of one of its repositories. An absent or empty annotation means the default
 * patterns. Read in build-service: renovate_util.go.
 */
public final class Writes {
  /** What counts without an annotation. */
  public static final List<String> DEFAULT_PATTERNS =
      List.of(".*Dockerfile.*", ".*.yaml", ".*Containerfile.*");

  private final SourceTree tree;
  private final Topology topology;

  public Writes(SourceTree tree, Topology topology) {
    this.tree = tree;
    this.topology = topology;
  }

  /** Patterns of a component; empty when no PipelineRun builds it on a push. */
  public Optional<List<String>> patterns(Component component) {
    return topology
        .push(component.name())
        .map(Trigger::run)
        .map(PipelineRun::nudgePatterns)
        .map(patterns -> patterns.isEmpty() ? DEFAULT_PATTERNS : patterns);
  }

  /** Files that match the patterns, whatever they hold. */
  public Set<String> candidates(Component component) {
    Set<String> files = new LinkedHashSet<>();
    for (String pattern : patterns(component).orElse(List.of())) {
      Pattern compiled = compile(component, pattern);
      tree.files().stream().filter(path -> compiled.matcher(path).find()).forEach(files::add);
    }
    return files;
  }

  /** Files that a nudge rewrites; none when the component nudges nobody. */
  public Set<String> of(Component component) {
    Set<String> written = new LinkedHashSet<>();
    if (component.nudges().isEmpty()) {
      return written;
    }
    List<Pattern> references = references(component);
    for (String path : candidates(component)) {
      String text = tree.text(path);
      if (references.stream().anyMatch(reference -> reference.matcher(text).find())) {
        written.add(path);
      }
    }
    return written;
  }

  private static List<Pattern> references(Component component) {
    List<Pattern> patterns = new ArrayList<>();
    for (String repository : component.repositories()) {
      patterns.add(Pattern.compile(Pattern.quote(repository) + "(:.*)?@sha256:[a-f0-9]+"));
    }
    return patterns;
  }

  private Pattern compile(Component component, String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      String where =
          topology.push(component.name()).map(t -> t.run().place().toString()).orElse("");
      throw new UnusableInputException(
          "%s: the nudge file pattern \"%s\" is no regular expression: %s"
              .formatted(where, pattern, e.getDescription()));
    }
  }
}
