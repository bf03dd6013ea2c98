package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.AppLoadStates;
import io.bpfman.api.v1alpha1.StateConditions;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.Failure;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.ProgramReport;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides the condition of one application on one node. */
final class Verdicts {
  private Verdicts() {}

  /**
   * @param report null when the node says nothing of the application
   * @param generation wanted
   * @param selected false when the application must go from the node
   */
  static Verdict of(
      NodeView node, @Nullable ApplicationReport report, long generation, boolean selected) {
    String load = report == null ? AppLoadStates.NOT_LOADED : load(report.getLoadState());
    if (!node.reporting()) {
      String message =
          "node %s has not been heard of since %s"
              .formatted(node.node(), node.heardAt().truncatedTo(ChronoUnit.SECONDS));
      return new Verdict(StateConditions.PENDING, load, message);
    }
    if (node.last().hasLoaderFailure()) {
      return new Verdict(StateConditions.ERROR, load, describe(node.last().getLoaderFailure()));
    }
    if (!selected) {
      return removal(report, load);
    }
    if (report == null || report.getGeneration() != generation) {
      String message =
          "node %s has not taken up generation %d yet".formatted(node.node(), generation);
      return new Verdict(StateConditions.PENDING, load, message);
    }
    return reported(report, load);
  }

  private static Verdict removal(@Nullable ApplicationReport report, String load) {
    return report != null && report.getLoadState() == LoadState.LOAD_STATE_UNLOAD_ERROR
        ? new Verdict(
            StateConditions.UNLOAD_ERROR, load, firstCause(report).orElse("cannot be removed"))
        : new Verdict(StateConditions.PENDING, load, "is being removed from the node");
  }

  private static Verdict reported(ApplicationReport report, String load) {
    Optional<String> cause = firstCause(report);
    boolean failed =
        switch (report.getLoadState()) {
          case LOAD_STATE_ERROR, LOAD_STATE_UNLOAD_ERROR -> true;
          default -> cause.isPresent();
        };
    if (failed) {
      return new Verdict(StateConditions.ERROR, load, cause.orElse("failed without a cause"));
    }
    long missing = links(report).filter(l -> l.getState() != LinkState.LINK_STATE_ATTACHED).count();
    if (report.getLoadState() != LoadState.LOAD_STATE_LOADED) {
      return new Verdict(StateConditions.PENDING, load, "is being loaded");
    } else if (missing > 0) {
      String message =
          "%d of %d links are not attached yet".formatted(missing, links(report).count());
      return new Verdict(StateConditions.PENDING, load, message);
    }
    String message =
        "%d programs loaded, %d links attached"
            .formatted(report.getProgramsCount(), links(report).count());
    return new Verdict(StateConditions.SUCCESS, load, message);
  }

  private static Stream<LinkReport> links(ApplicationReport report) {
    return report.getProgramsList().stream().flatMap(program -> program.getLinksList().stream());
  }

  /** The application's own failure before those of its programs and links. */
  private static Optional<String> firstCause(ApplicationReport report) {
    if (report.hasFailure()) {
      return Optional.of(describe(report.getFailure()));
    }
    return report.getProgramsList().stream().flatMap(Verdicts::causes).findFirst();
  }

  private static Stream<String> causes(ProgramReport program) {
    Stream<String> own =
        program.hasFailure() ? Stream.of(describe(program.getFailure())) : Stream.empty();
    List<String> links =
        program.getLinksList().stream().filter(Verdicts::failed).map(Verdicts::cause).toList();
    return Stream.concat(own, links.stream()).map(text -> program.getName() + ": " + text);
  }

  static boolean failed(LinkReport link) {
    return link.getState() == LinkState.LINK_STATE_ATTACH_ERROR
        || link.getState() == LinkState.LINK_STATE_DETACH_ERROR;
  }

  private static String cause(LinkReport link) {
    return link.hasFailure() ? describe(link.getFailure()) : "a link failed without a cause";
  }

  private static String describe(Failure failure) {
    String reason = FailureCode.ofNumber(failure.getCode()).reason();
    String text = reason + ": " + failure.getMessage();
    return failure.getHint().isEmpty() ? text : text + "; " + failure.getHint();
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
