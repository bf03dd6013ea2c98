package io.bpfman.cli.program;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Kubernetes' selector grammar over metadata: {@code k}, {@code !k}, {@code k=v}, {@code k==v},
 * {@code k!=v}, {@code k in (a,b)}, {@code k notin (a,b)}, separated by commas that all must hold.
 */
final class LabelSelector implements Predicate<Map<String, String>> {
  /** Accepts everything. */
  static final LabelSelector ANY = new LabelSelector(List.of());

  private static final String KEY = "([A-Za-z0-9][A-Za-z0-9./_:-]*)";
  private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*(=|==|!=)\\s*([^\\s=!,()]*)");
  private static final Pattern PRESENT = Pattern.compile("(!?)\\s*" + KEY);

  /** Commas outside parentheses. */
  private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");

  private final List<Predicate<Map<String, String>>> terms;

  private LabelSelector(List<Predicate<Map<String, String>>> terms) {
    this.terms = List.copyOf(terms);
  }

  @Override
  public boolean test(Map<String, String> metadata) {
    return terms.stream().allMatch(term -> term.test(metadata));
  }

  private static LabelSelector parse(String text) {
    return new LabelSelector(
        SEPARATOR.splitAsStream(text).map(String::strip).map(LabelSelector::term).toList());
  }

  private static Predicate<Map<String, String>> term(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      Set<String> values =
          Arrays.stream(set.group(3).split(",", -1)).map(String::strip).collect(Collectors.toSet());
      return membership(set.group(1), values, set.group(2).equals("in"));
    }
    Matcher equal = EQUAL.matcher(text);
    if (equal.matches()) {
      return membership(equal.group(1), Set.of(equal.group(3)), !equal.group(2).equals("!="));
    }
    Matcher present = PRESENT.matcher(text);
    if (present.matches()) {
      boolean wanted = present.group(1).isEmpty();
      return metadata -> metadata.containsKey(present.group(2)) == wanted;
    }
    throw new TypeConversionException(
        "\"%s\" is not a selector; use key, !key, key=value, key!=value, key in (a,b)"
            .formatted(text));
  }

  /** An absent key is in no set; so {@code !=} and {@code notin} hold for it. */
  private static Predicate<Map<String, String>> membership(
      String key, Set<String> values, boolean wanted) {
    return metadata -> (metadata.containsKey(key) && values.contains(metadata.get(key))) == wanted;
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<LabelSelector> {
    @Override
    public LabelSelector convert(String text) {
      return parse(text);
    }
  }
}
