package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.model.BpfmanException;
import io.bpfman.operator.adapter.k8s.tools.EventRecorder;
import io.bpfman.operator.adapter.k8s.tools.Note;
import io.bpfman.operator.core.install.Outcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What a person should know about what became of objects. */
final class OutcomeEvents {
  private final EventRecorder events;

  OutcomeEvents(EventRecorder events) {
    this.events = events;
  }

  void tell(HasMetadata source, Outcome outcome) {
    note(outcome).ifPresent(note -> events.record(source, note));
  }

  void invalid(HasMetadata source, BpfmanException problem) {
    events.record(source, Note.warning(problem.code().reason(), problem.failure().describe()));
  }

  private static Optional<Note> note(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unchanged _, Outcome.Unmanaged _ -> Optional.empty();
      case Outcome.Created created -> normal("Created", created.object() + " was created");
      case Outcome.Updated updated ->
          normal("Updated", updated.object() + " was brought in line with the configuration");
      case Outcome.Replaced replaced ->
          normal("Replaced", "%s was made anew: %s".formatted(replaced.object(), replaced.why()));
      case Outcome.Failed failed ->
          Optional.of(Note.warning(failed.reason(), failed.object() + ": " + failed.message()));
    };
  }

  private static Optional<Note> normal(String reason, String message) {
    return Optional.of(Note.normal(reason, message));
  }
}
