package io.bpfman.agent.core;

import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.contract.wire.Failures;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Failure;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.ProgramReport;
import io.bpfman.proto.v1.AttachInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what is, never what is hoped for. */
public final class Reports {
  private Reports() {}

  /**
   * @param failures of the last try, by id of the action
   */
  public static ApplicationReport wanted(
      DesiredApplication desired, ObservedApplication observed, Map<String, Failure> failures) {
    ApplicationReport.Builder report =
        ApplicationReport.newBuilder()
            .setKey(desired.key())
            .setGeneration(desired.source().getGeneration());
    Failure failure = failures.getOrDefault(Action.Replace.ID, failures.get(Action.LoadGroup.ID));
    boolean loaded =
        desired.programs().stream()
            .allMatch(
                wanted ->
                    observed.programs().stream()
                        .anyMatch(program -> desired.accepts(wanted, program)));
    if (failure != null) {
      report.setLoadState(LoadState.LOAD_STATE_ERROR).setFailure(Failures.toProto(failure));
    } else {
      report.setLoadState(loaded ? LoadState.LOAD_STATE_LOADED : LoadState.LOAD_STATE_NOT_LOADED);
    }
    desired
        .programs()
        .forEach(wanted -> report.addPrograms(program(desired, wanted, observed, failures)));
    return report.build();
  }

  /** An application that is being removed; generation 0. */
  public static ApplicationReport leaving(
      ObservedApplication observed, Map<String, Failure> failures) {
    ApplicationReport.Builder report =
        ApplicationReport.newBuilder()
            .setKey(observed.key())
            .setLoadState(LoadState.LOAD_STATE_LOADED);
    failures.values().stream()
        .findFirst()
        .ifPresent(
            failure ->
                report
                    .setLoadState(LoadState.LOAD_STATE_UNLOAD_ERROR)
                    .setFailure(Failures.toProto(failure)));
    for (ObservedProgram program : observed.programs()) {
      ProgramReport.Builder entry =
          ProgramReport.newBuilder().setName(program.name()).setProgramId((int) program.id());
      program.links().stream().filter(ObservedLink::healthy).forEach(l -> entry.addLinks(there(l)));
      report.addPrograms(entry);
    }
    return report.build();
  }

  private static ProgramReport program(
      DesiredApplication desired,
      DesiredProgram wanted,
      ObservedApplication observed,
      Map<String, Failure> failures) {
    List<ObservedProgram> named =
        observed.programs().stream().filter(p -> p.name().equals(wanted.name())).toList();
    ProgramReport.Builder report =
        ProgramReport.newBuilder().setName(wanted.name()).setType(wanted.source().getType());
    Planner.keeper(desired, wanted, observed)
        .or(() -> named.stream().findFirst())
        .ifPresent(program -> report.setProgramId((int) program.id()));
    if (wanted.failure() != null) {
      report.setFailure(Failures.toProto(wanted.failure()));
    }
    List<ObservedLink> links = named.stream().flatMap(p -> p.links().stream()).toList();
    List<LinkReport> lines = new ArrayList<>();
    wanted.links().forEach(link -> lines.add(link(link, links, failures)));
    links.stream()
        .filter(link -> !wanted.wants(link))
        .forEach(link -> stuck(link, failures).ifPresent(lines::add));
    lines.sort(
        Comparator.comparing((LinkReport line) -> point(line)).thenComparing(LinkReport::getUuid));
    return report.addAllLinks(lines).build();
  }

  private static LinkReport link(
      DesiredLink wanted, List<ObservedLink> links, Map<String, Failure> failures) {
    LinkReport.Builder report =
        LinkReport.newBuilder().setUuid(wanted.uuid()).setAttach(info(wanted.spec()));
    Optional<ObservedLink> there =
        links.stream()
            .filter(link -> link.healthy() && link.uuid().equals(wanted.uuid()))
            .findFirst();
    Failure failure = failures.get(Action.Attach.id(wanted.uuid()));
    if (there.isPresent()) {
      report.setLinkId((int) there.get().id()).setState(LinkState.LINK_STATE_ATTACHED);
    } else if (failure != null) {
      report.setState(LinkState.LINK_STATE_ATTACH_ERROR).setFailure(Failures.toProto(failure));
    } else {
      report.setState(LinkState.LINK_STATE_NOT_ATTACHED);
    }
    return report.build();
  }

  private static Optional<LinkReport> stuck(ObservedLink link, Map<String, Failure> failures) {
    return Optional.ofNullable(failures.get(Action.Detach.id(link.id())))
        .map(
            failure ->
                there(link).toBuilder()
                    .setState(LinkState.LINK_STATE_DETACH_ERROR)
                    .setFailure(Failures.toProto(failure))
                    .build());
  }

  private static LinkReport there(ObservedLink link) {
    return LinkReport.newBuilder()
        .setUuid(link.uuid())
        .setAttach(info(link.spec()))
        .setLinkId((int) link.id())
        .setState(LinkState.LINK_STATE_ATTACHED)
        .build();
  }

  private static AttachInfo info(@Nullable AttachSpec spec) {
    return spec == null ? AttachInfo.getDefaultInstance() : AttachInfos.toProto(spec, Map.of());
  }

  private static String point(LinkReport line) {
    return line.hasAttach() && line.getAttach().getInfoCase().getNumber() != 0
        ? AttachInfos.fromProto(line.getAttach()).attachPoint()
        : "";
  }
}
