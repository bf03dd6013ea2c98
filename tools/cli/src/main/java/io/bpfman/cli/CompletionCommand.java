package io.bpfman.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code bpfman completion}. */
@Command(
    name = "completion",
    description = "Prints completion for a shell; for example: source <(bpfman completion bash)")
final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final CliContext context;
  private final Supplier<CommandLine> tree;

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      converter = Shell.class,
      description = "bash or zsh.")
  private String shell = "";

  /**
   * @param tree all commands
   */
  CompletionCommand(CliContext context, Supplier<CommandLine> tree) {
    this.context = context;
    this.tree = tree;
  }

  /** One script serves both: under zsh it switches on what zsh has for bash's completions. */
  @Override
  public Integer call() {
    context.say("# Completion of bpfman for " + shell);
    context.say(AutoComplete.bash("bpfman", tree.get()).stripTrailing());
    return 0;
  }

  /** For completion. */
  static final class Shells extends Candidates {
    Shells() {
      super(SHELLS);
    }
  }

  /** Refuses shells for which there is no script. */
  static final class Shell implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      String name = text.toLowerCase(Locale.ROOT);
      if (!SHELLS.contains(name)) {
        throw new TypeConversionException(
            "there is no completion for \"%s\"; there is for %s"
                .formatted(text, String.join(" and ", SHELLS)));
      }
      return name;
    }
  }
}
