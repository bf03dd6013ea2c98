package io.bpfman.cli;

import io.bpfman.model.NearNames;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a user's words why a command line is not understood. */
final class UsageWords {
  private UsageWords() {}

  static String of(ParameterException usage) {
    CommandLine command = usage.getCommandLine();
    if (usage instanceof UnmatchedArgumentException unmatched) {
      return unmatched(command, unmatched);
    }
    if (usage.getCause() instanceof TypeConversionException refused && usage.getArgSpec() != null) {
      return name(usage.getArgSpec()) + ": " + refused.getMessage();
    }
    if (isOnlyAGroup(command) && usage.getArgSpec() == null) {
      return "%s needs one of: %s"
          .formatted(command.getCommandSpec().qualifiedName(), words(command));
    }
    return String.valueOf(usage.getMessage());
  }

  private static String unmatched(CommandLine command, UnmatchedArgumentException unmatched) {
    String word = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      return unknownOption(command, word.replaceFirst("=.*", ""));
    }
    return isOnlyAGroup(command)
        ? "\"%s\" is no command of %s: %s"
            .formatted(word, command.getCommandSpec().qualifiedName(), words(command))
        : "unexpected argument \"%s\"".formatted(word);
  }

  private static String unknownOption(CommandLine command, String word) {
    List<String> own =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.inherited() && !option.hidden())
            .map(OptionSpec::longestName)
            .toList();
    return "unknown option " + word + (own.isEmpty() ? "" : "; " + NearNames.known(word, own));
  }

  private static boolean isOnlyAGroup(CommandLine command) {
    return !command.getSubcommands().isEmpty();
  }

  private static String words(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .filter(below -> !below.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
