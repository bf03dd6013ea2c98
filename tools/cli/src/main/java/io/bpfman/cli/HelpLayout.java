package io.bpfman.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help of a command: what it alone takes, then what all take, then examples. */
final class HelpLayout {
  private static final String EXAMPLES = "Examples:";
  private static final String COMMON = "Options of every command:";

  private HelpLayout() {}

  /** For {@code command} and all below it. */
  static void apply(CommandLine command) {
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(command.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::examples);
    command.setHelpSectionMap(sections);
  }

  private static String synopsis(Help help) {
    CommandSpec spec = help.commandSpec();
    List<String> words = new ArrayList<>();
    words.add(spec.qualifiedName());
    words.add("[OPTIONS]");
    spec.options().stream()
        .filter(option -> option.required() && option.group() == null)
        .forEach(option -> words.add(label(option)));
    for (ArgGroupSpec group : spec.argGroups()) {
      if (group.multiplicity().min() > 0) {
        words.add(alternatives(group));
      }
    }
    spec.positionalParameters().stream()
        .filter(parameter -> parameter.group() == null)
        .forEach(parameter -> words.add(label(parameter)));
    if (!spec.subcommands().isEmpty()) {
      words.add("COMMAND");
    }
    return String.join(" ", words) + "\n";
  }

  private static String alternatives(ArgGroupSpec group) {
    return group.args().stream()
        .map(
            arg ->
                arg instanceof OptionSpec option ? label(option) : label((PositionalParamSpec) arg))
        .collect(Collectors.joining(" | ", "(", ")"));
  }

  private static String label(OptionSpec option) {
    return option.longestName() + " " + option.paramLabel();
  }

  private static String label(PositionalParamSpec parameter) {
    String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
    return parameter.required() ? label : "[" + label + "]";
  }

  private static String options(Help help) {
    List<OptionSpec> all =
        help.commandSpec().options().stream().filter(option -> !option.hidden()).toList();
    List<OptionSpec> own = all.stream().filter(option -> !option.inherited()).toList();
    List<OptionSpec> common = all.stream().filter(OptionSpec::inherited).toList();
    String text = list(help, own);
    return common.isEmpty() ? text : text + "\n" + COMMON + "\n" + list(help, common);
  }

  private static String list(Help help, List<OptionSpec> options) {
    List<OptionSpec> sorted = new ArrayList<>(options);
    sorted.sort(Help.createShortOptionNameComparator());
    Help.Layout layout = help.createDefaultLayout();
    layout.addOptions(sorted, help.parameterLabelRenderer());
    return layout.toString();
  }

  private static String examples(Help help) {
    CommandSpec spec = help.commandSpec();
    String root = spec.root().name();
    List<String> lines = Examples.of(spec.qualifiedName().substring(root.length()).strip());
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .map(line -> "  " + root + " " + line + "\n")
            .collect(Collectors.joining("", "\n" + EXAMPLES + "\n", ""));
  }
}
