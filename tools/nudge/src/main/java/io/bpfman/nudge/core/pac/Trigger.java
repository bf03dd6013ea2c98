package io.bpfman.nudge.core.pac;

import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a PipelineRun runs: by its CEL expression, else by its annotations on-event,
 * on-target-branch and on-path-change.
 */
public final class Trigger {
  private final PipelineRun run;
  private final Optional<CelExpression> expression;

  private Trigger(PipelineRun run, Optional<CelExpression> expression) {
    this.run = run;
    this.expression = expression;
  }

  /**
   * Compiles the expression.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when it does not parse, reads an unknown
   *     variable, or has another type than bool
   */
  public static Trigger of(PipelineRun run) {
    return new Trigger(run, run.expression().map(Trigger::compile));
  }

  /** The PipelineRun. */
  public PipelineRun run() {
    return run;
  }

  /**
   * True when the event starts a run.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when evaluation fails, which is an error
   *     for Pipelines-as-Code too, not false
   */
  public boolean fires(Event event) {
    return expression.map(cel -> cel.evaluate(event)).orElseGet(() -> annotated(event));
  }

  /** Globs of pathChanged() in the expression, else those of on-path-change. */
  public Set<String> globs() {
    return expression
        .map(CelExpression::globs)
        .orElseGet(() -> new LinkedHashSet<>(run.words("on-path-change")));
  }

  private static CelExpression compile(YamlValue value) {
    return CelExpression.compile(value.text().orElse(""), value.place());
  }

  private boolean annotated(Event event) {
    List<String> paths = run.words("on-path-change");
    return run.words("on-event").contains(event.type())
        && run.words("on-target-branch").stream()
            .map(branch -> branch.replaceFirst("^refs/heads/", ""))
            .anyMatch(branch -> Glob.of(branch).matches(event.branch()))
        && (paths.isEmpty()
            || paths.stream()
                .map(Glob::of)
                .anyMatch(glob -> event.files().stream().anyMatch(glob::matches)));
  }
}
