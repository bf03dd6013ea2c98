package io.bpfman.cli;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.cli.output.Table;
import io.bpfman.loader.daemon.Care;
import io.bpfman.proto.x.v1.DoctorRequest;
import io.bpfman.proto.x.v1.Finding;
import io.bpfman.proto.x.v1.RepairOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman doctor}: 0 when nothing is wrong or all of it was repaired, else 1. */
@Command(
    name = "doctor",
    description =
        "Tells where store, pins and kernel do not agree. Ends with 1 when something stays wrong.")
final class DoctorCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--repair",
      description =
          "Also repairs: ends what was half done, attaches lost links again, removes orphans.")
  private boolean repair;

  @Mixin private OutputOption output = new OutputOption();

  DoctorCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DoctorRequest request = DoctorRequest.newBuilder().setRepair(repair).build();
    try (LoaderSession session = context.connect(repair ? Care.STORE : Care.NONE)) {
      List<Finding> findings = session.call(loader -> loader.doctor(request)).getFindingsList();
      context.print(output.format(), () -> json(findings), () -> text(findings));
      return findings.stream().allMatch(DoctorCommand::isRepaired) ? 0 : 1;
    }
  }

  private static boolean isRepaired(Finding finding) {
    return finding.getOutcome() == RepairOutcome.REPAIR_OUTCOME_REPAIRED;
  }

  private static Object json(List<Finding> findings) {
    return new Fields()
        .put("healthy", findings.stream().allMatch(DoctorCommand::isRepaired))
        .put("findings", findings.stream().map(DoctorCommand::json).toList())
        .map();
  }

  private static Map<String, @Nullable Object> json(Finding finding) {
    return new Fields()
        .put("subject", finding.getSubject())
        .put("problem", finding.getProblem())
        .put("remedy", finding.getRemedy())
        .put(
            "outcome",
            switch (finding.getOutcome()) {
              case REPAIR_OUTCOME_REPAIRED -> "repaired";
              case REPAIR_OUTCOME_FAILED -> "failed";
              case REPAIR_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> "found";
            })
        .put("reason", finding.getReason())
        .map();
  }

  private String text(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "Store, pins and kernel agree.\n";
    }
    Table table = new Table("WHAT", "PROBLEM", repair ? "RESULT" : "REMEDY");
    findings.forEach(
        finding -> table.row(finding.getSubject(), finding.getProblem(), last(finding)));
    return repair ? table.text() : table.text() + "`bpfman doctor --repair` does what is listed.\n";
  }

  private static String last(Finding finding) {
    return switch (finding.getOutcome()) {
      case REPAIR_OUTCOME_REPAIRED -> "repaired";
      case REPAIR_OUTCOME_FAILED -> "failed: " + finding.getReason();
      case REPAIR_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> finding.getRemedy();
    };
  }
}
