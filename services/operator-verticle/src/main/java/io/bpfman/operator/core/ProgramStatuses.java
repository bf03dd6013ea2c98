package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.api.v1alpha1.ApplicationProgramType;
import io.bpfman.api.v1alpha1.FixedProgram;
import io.bpfman.api.v1alpha1.FixedProgramStatus;
import io.bpfman.api.v1alpha1.ProgramLinkStates;
import io.bpfman.api.v1alpha1.ProgramStatus;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.ProgramReport;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From program reports to the programs of a state object. */
final class ProgramStatuses {
  private ProgramStatuses() {}

  /** One for each reported program whose type the custom resource knows. */
  static List<ProgramStatus> of(ApplicationReport report, ManagedApplication application) {
    boolean failed = report.getLoadState() == LoadState.LOAD_STATE_ERROR;
    return report.getProgramsList().stream()
        .flatMap(program -> type(program).map(t -> of(program, t, application, failed)).stream())
        .toList();
  }

  private static Optional<ApplicationProgramType> type(ProgramReport program) {
    return Arrays.stream(ApplicationProgramType.values())
        .filter(type -> type.type().resourceName().equals(program.getType()))
        .findFirst();
  }

  private static ProgramStatus of(
      ProgramReport report,
      ApplicationProgramType type,
      ManagedApplication application,
      boolean failed) {
    ProgramStatus status = new ProgramStatus();
    status.setName(report.getName());
    status.setType(type);
    status.setProgramLinkStatus(linkStatus(report, failed));
    if (report.getProgramId() != 0) {
      status.setProgramId(Integer.toUnsignedLong(report.getProgramId()));
    }
    ProgramMembers.set(status, type, report);
    setFunction(status, application);
    return status;
  }

  /**
   * @param failed whether the application's programs could not be loaded
   */
  private static String linkStatus(ProgramReport report, boolean failed) {
    if (report.hasFailure()) {
      return ProgramLinkStates.UPDATE_ATTACH_INFO_ERROR;
    } else if (failed && report.getProgramId() == 0) {
      return ProgramLinkStates.ERROR;
    } else if (report.getLinksList().stream().anyMatch(Verdicts::failed)) {
      return ProgramLinkStates.ERROR;
    }
    boolean done =
        report.getProgramId() != 0
            && report.getLinksList().stream()
                .allMatch(link -> link.getState() == LinkState.LINK_STATE_ATTACHED);
    return done ? ProgramLinkStates.SUCCESS : ProgramLinkStates.PENDING;
  }

  /** The report has no function for fentry and fexit; the application has. */
  private static void setFunction(ProgramStatus status, ManagedApplication application) {
    for (ApplicationProgram program : application.resource().getSpec().getPrograms()) {
      if (Objects.equals(program.getName(), status.getName())) {
        setFunction(status.getFentry(), program.getFentry());
        setFunction(status.getFexit(), program.getFexit());
      }
    }
  }

  private static void setFunction(
      @Nullable FixedProgramStatus status, @Nullable FixedProgram program) {
    if (status != null && program != null) {
      status.setFunction(program.getFunction());
    }
  }
}
