package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.model.BpfmanException;
import io.bpfman.operator.adapter.k8s.install.EventWriter.Said;
import io.bpfman.operator.core.install.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What a person should know about what became of objects. */
final class OutcomeEvents {
  private final EventWriter events;

  OutcomeEvents(EventWriter events) {
    this.events = events;
  }

  void tell(HasMetadata source, Outcome outcome) {
    event(outcome).ifPresent(event -> events.tell(source, event));
  }

  void invalid(HasMetadata source, BpfmanException problem) {
    events.tell(
        source,
        new Said(EventWriter.WARNING, problem.code().reason(), problem.failure().describe()));
  }

  private static Optional<Said> event(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unchanged _, Outcome.Unmanaged _ -> Optional.empty();
      case Outcome.Created created -> normal("Created", created.object() + " was created");
      case Outcome.Updated updated ->
          normal("Updated", updated.object() + " was brought in line with the configuration");
      case Outcome.Replaced replaced ->
          normal("Replaced", "%s was made anew: %s".formatted(replaced.object(), replaced.why()));
      case Outcome.Failed failed ->
          Optional.of(
              new Said(
                  EventWriter.WARNING, failed.reason(), failed.object() + ": " + failed.message()));
    };
  }

  private static Optional<Said> normal(String reason, String message) {
    return Optional.of(new Said(EventWriter.NORMAL, reason, message));
  }
}
