package io.bpfman.nudge;

import io.bpfman.nudge.command.ExitCodes;
import io.bpfman.nudge.core.UnusableInputException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows failures on stderr, one sentence each. */
final class ErrorReport {
  private ErrorReport() {}

  /** For picocli; what is no refusal of input is a defect and keeps its trace. */
  static int failed(Exception thrown, CommandLine command, ParseResult parsed) {
    if (thrown instanceof ParameterException usage) {
      return misused(usage, parsed.originalArgs().toArray(new String[0]));
    }
    PrintWriter err = command.getErr();
    err.println("bpfman-nudge: " + thrown.getMessage());
    if (!(thrown instanceof UnusableInputException)) {
      thrown.printStackTrace(err);
    }
    err.flush();
    return ExitCodes.UNUSABLE;
  }

  /** For picocli. */
  static int misused(ParameterException usage, String[] arguments) {
    CommandLine command = usage.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("bpfman-nudge: " + usage.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(usage, err)) {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    err.flush();
    return ExitCodes.USAGE;
  }
}
