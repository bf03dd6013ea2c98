package io.bpfman.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A word of the command line. Only the way that the arguments name is built, because each command
 * costs start-up time.
 */
public sealed interface Word {

  /**
   * @param next the arguments behind this word; the whole branch is built when they do not go on
   *     with a word of it
   */
  CommandLine build(CliContext context, List<String> next);

  /** A word that does something. */
  static Word leaf(Function<CliContext, Object> command) {
    return new Leaf(command, false);
  }

  /** The same, not named in the help of the word before. */
  static Word hiddenLeaf(Function<CliContext, Object> command) {
    return new Leaf(command, true);
  }

  /**
   * A word that others follow.
   *
   * @param below in the order of the help
   */
  static Word branch(String name, String description, Map<String, Word> below) {
    return new Branch(name, description, false, below);
  }

  /** The same, not named in the help of the word before. */
  static Word hiddenBranch(String name, String description, Map<String, Word> below) {
    return new Branch(name, description, true, below);
  }

  /** Adds the word of {@code below} that {@code next} starts with, or all of them. */
  static void add(
      CommandLine parent, Map<String, Word> below, CliContext context, List<String> next) {
    Word named = next.isEmpty() ? null : below.get(next.getFirst());
    if (named != null) {
      addNamed(parent, next.getFirst(), named.build(context, next.subList(1, next.size())));
    } else {
      below.forEach((name, word) -> addNamed(parent, name, word.build(context, List.of())));
    }
  }

  /** One command may stand at several places, under another name at each. */
  private static void addNamed(CommandLine parent, String name, CommandLine line) {
    parent.addSubcommand(name, line.setCommandName(name));
  }

  /** See {@link #leaf} and {@link #hiddenLeaf}. */
  record Leaf(Function<CliContext, Object> command, boolean hidden) implements Word {
    @Override
    public CommandLine build(CliContext context, List<String> next) {
      CommandLine line = new CommandLine(command.apply(context));
      if (hidden) {
        line.getCommandSpec().usageMessage().hidden(true);
      }
      return line;
    }
  }

  /** See {@link #branch} and {@link #hiddenBranch}. */
  record Branch(String name, String description, boolean hidden, Map<String, Word> below)
      implements Word {
    @Override
    public CommandLine build(CliContext context, List<String> next) {
      CommandSpec spec = CommandSpec.create().name(name);
      spec.usageMessage().description(description).hidden(hidden);
      CommandLine line = new CommandLine(spec);
      add(line, below, context, next);
      return line;
    }
  }
}
