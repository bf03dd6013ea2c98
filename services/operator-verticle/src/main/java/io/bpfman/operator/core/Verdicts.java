package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.AppLoadStates;
import io.bpfman.api.v1alpha1.StateConditions;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.Failure;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.Program;
import io.bpfman.proto.bus.v1.ProgramReport;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides the condition of one application on one node. */
final class Verdicts {
  private Verdicts() {}

  /** A failure with the name of the program that it is about, if it is about one. */
  private record Cause(String prefix, Failure failure) {
    private static final Failure UNKNOWN =
        Failure.newBuilder().setCode(FailureCode.INTERNAL.number()).setMessage("no cause").build();

    String reason() {
      return FailureCode.ofNumber(failure.getCode()).reason();
    }

    String text() {
      String text = prefix + reason() + ": " + failure.getMessage();
      return failure.getHint().isEmpty() ? text : text + "; " + failure.getHint();
    }
  }

  /**
   * @param report null when the node says nothing of the application
   * @param application wanted, as it can be used
   * @param selected false when the application must go from the node
   */
  static Verdict of(
      NodeView node,
      @Nullable ApplicationReport report,
      ManagedApplication application,
      boolean selected) {
    long generation = application.usableGeneration();
    String load = report == null ? AppLoadStates.NOT_LOADED : load(report.getLoadState());
    if (!node.reporting()) {
      return Verdict.of(StateConditions.PENDING, load, absence(node));
    }
    if (node.last().hasLoaderFailure()) {
      return error(StateConditions.ERROR, load, new Cause("", node.last().getLoaderFailure()));
    }
    if (!selected) {
      return removal(report, load);
    }
    if (report == null || report.getGeneration() != generation) {
      String message =
          "node %s has not taken up generation %d yet".formatted(node.node(), generation);
      return Verdict.of(StateConditions.PENDING, load, message);
    }
    return reported(report, load, application);
  }

  private static String absence(NodeView node) {
    if (node.presence() == Presence.AWAITED) {
      return "waiting for the agent of node %s".formatted(node.node());
    }
    return node.full()
        ? "node %s has not been heard of since %s"
            .formatted(node.node(), node.since().truncatedTo(ChronoUnit.SECONDS))
        : "no agent reports from node %s".formatted(node.node());
  }

  private static Verdict error(String type, String load, Cause cause) {
    return new Verdict(type, load, cause.reason(), cause.text());
  }

  private static Verdict removal(@Nullable ApplicationReport report, String load) {
    return report != null && report.getLoadState() == LoadState.LOAD_STATE_UNLOAD_ERROR
        ? error(StateConditions.UNLOAD_ERROR, load, causeOf(report))
        : Verdict.of(StateConditions.PENDING, load, "is being removed from the node");
  }

  private static Verdict reported(
      ApplicationReport report, String load, ManagedApplication application) {
    Optional<Cause> cause = firstCause(report);
    boolean failed =
        switch (report.getLoadState()) {
          case LOAD_STATE_ERROR, LOAD_STATE_UNLOAD_ERROR -> true;
          default -> cause.isPresent();
        };
    if (failed) {
      return error(StateConditions.ERROR, load, causeOf(report));
    }
    long missing = links(report).filter(l -> l.getState() != LinkState.LINK_STATE_ATTACHED).count();
    if (report.getLoadState() != LoadState.LOAD_STATE_LOADED) {
      return Verdict.of(StateConditions.PENDING, load, "is being loaded");
    } else if (missing > 0) {
      String message =
          "%d of %s %s not attached yet"
              .formatted(
                  missing, count(links(report).count(), "link"), missing == 1 ? "is" : "are");
      return Verdict.of(StateConditions.PENDING, load, message);
    }
    String message =
        "%s loaded, %s attached"
            .formatted(
                count(report.getProgramsCount(), "program"), count(links(report).count(), "link"));
    List<String> idle = withoutMatch(report, application);
    return idle.isEmpty()
        ? Verdict.of(StateConditions.SUCCESS, load, message)
        : new Verdict(
            StateConditions.SUCCESS,
            load,
            StateConditions.NO_MATCH,
            "%s; nothing on this node matches the links of %s"
                .formatted(message, String.join(", ", idle)));
  }

  /** Programs that are to have links and have none, because no interface or pod is selected. */
  private static List<String> withoutMatch(
      ApplicationReport report, ManagedApplication application) {
    Set<String> bare =
        report.getProgramsList().stream()
            .filter(program -> program.getLinksCount() == 0)
            .map(ProgramReport::getName)
            .collect(Collectors.toSet());
    return application.resource().getSpec().getPrograms().stream()
        .filter(program -> bare.contains(program.getName()))
        .map(DesiredPrograms::program)
        .filter(program -> program.getLinksCount() > 0)
        .map(Program::getName)
        .toList();
  }

  private static String count(long number, String noun) {
    return number == 1 ? "1 " + noun : number + " " + noun + "s";
  }

  private static Stream<LinkReport> links(ApplicationReport report) {
    return report.getProgramsList().stream().flatMap(program -> program.getLinksList().stream());
  }

  private static Cause causeOf(ApplicationReport report) {
    return firstCause(report).orElse(new Cause("", Cause.UNKNOWN));
  }

  /** The application's own failure before those of its programs and links. */
  private static Optional<Cause> firstCause(ApplicationReport report) {
    return report.hasFailure()
        ? Optional.of(new Cause("", report.getFailure()))
        : report.getProgramsList().stream().flatMap(Verdicts::causes).findFirst();
  }

  private static Stream<Cause> causes(ProgramReport program) {
    Stream<Failure> own = program.hasFailure() ? Stream.of(program.getFailure()) : Stream.empty();
    List<Failure> links =
        program.getLinksList().stream().filter(Verdicts::failed).map(Verdicts::failure).toList();
    return Stream.concat(own, links.stream())
        .map(failure -> new Cause(program.getName() + ": ", failure));
  }

  static boolean failed(LinkReport link) {
    return link.getState() == LinkState.LINK_STATE_ATTACH_ERROR
        || link.getState() == LinkState.LINK_STATE_DETACH_ERROR;
  }

  private static Failure failure(LinkReport link) {
    return link.hasFailure() ? link.getFailure() : Cause.UNKNOWN;
  }

  private static String load(LoadState state) {
    return switch (state) {
      case LOAD_STATE_LOADED -> AppLoadStates.LOAD_SUCCESS;
      case LOAD_STATE_ERROR -> AppLoadStates.LOAD_ERROR;
      case LOAD_STATE_UNLOAD_ERROR -> AppLoadStates.UNLOAD_ERROR;
      case LOAD_STATE_NOT_LOADED, LOAD_STATE_UNSPECIFIED, UNRECOGNIZED -> AppLoadStates.NOT_LOADED;
    };
  }
}
