package io.bpfman.api.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Scalars as kubectl reads them. It turns YAML into JSON with sigs.k8s.io/yaml, which takes YAML
 * 1.1 as Go's yaml package does: {@code yes} is true, {@code 0100} is 64, and a date is text.
 */
final class KubernetesScalars implements ScalarResolver {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern INFINITE = Pattern.compile("[+-]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  /** Bases by prefix; Go reads a leading zero as octal. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<sign>[+-]?)(0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<bits>[01]+)|0[oO]?(?<octal>[0-7]+)"
              + "|(?<decimal>0|[1-9][0-9]*))");

  private static final Pattern FRACTION =
      Pattern.compile("[+-]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][+-]?[0-9]+)?");

  private static final Map<String, Integer> BASES =
      Map.of("hex", 16, "bits", 2, "octal", 8, "decimal", 10);

  /** A sign, a prefix and 64 bits. */
  private static final int MOST_DIGITS = 67;

  private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger SMALLEST = BigInteger.TWO.pow(63).negate();

  /** Tags that choose among readings; others mean nothing, and the value is text. */
  private static final List<Tag> CHOOSING = List.of(Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT);

  /** Of a plain scalar without a tag; everything in quotes is text. */
  @Override
  public Tag resolve(String value, Boolean implicit) {
    return implicit ? tag(plain(value)) : Tag.STR;
  }

  /** Whether a scalar without quotes is text. */
  static boolean isText(String plain) {
    return plain(plain) instanceof YamlScalar.Text;
  }

  /** Of a composed scalar, whose tag was either found by {@link #resolve} or is in the text. */
  static YamlScalar read(ScalarNode node) {
    if (node.getTag().equals(Tag.BINARY)) {
      return new YamlScalar.Unusable("has the tag !!binary, which no tool of Kubernetes keeps");
    }
    if (!CHOOSING.contains(node.getTag())) {
      return new YamlScalar.Text(node.getValue());
    }
    YamlScalar value = plain(node.getValue());
    Tag wanted = node.getTag().equals(Tag.FLOAT) ? Tag.INT : node.getTag();
    return value instanceof YamlScalar.Unusable || tag(value).equals(wanted)
        ? value
        : new YamlScalar.Unusable("is not what its tag says");
  }

  private static Tag tag(YamlScalar value) {
    return switch (value) {
      case YamlScalar.Nothing _ -> Tag.NULL;
      case YamlScalar.Truth _ -> Tag.BOOL;
      case YamlScalar.Amount _, YamlScalar.Unusable _ -> Tag.INT;
      case YamlScalar.Text _ -> Tag.STR;
    };
  }

  private static YamlScalar plain(String text) {
    if (NOTHING.contains(text)) {
      return new YamlScalar.Nothing();
    } else if (TRUE.contains(text) || FALSE.contains(text)) {
      return new YamlScalar.Truth(TRUE.contains(text));
    } else if (INFINITE.matcher(text).matches()) {
      return new YamlScalar.Unusable("is no number that JSON has");
    }
    return number(text)
        .<YamlScalar>map(YamlScalar.Amount::new)
        .orElseGet(() -> new YamlScalar.Text(text));
  }

  private static Optional<BigDecimal> number(String text) {
    char first = text.charAt(0);
    if (first != '+' && first != '-' && first != '.' && (first < '0' || first > '9')) {
      return Optional.empty();
    }
    // Underscores count for nothing; behind a point that comes first they must stand between
    // digits.
    String digits = text.replaceAll(first == '.' ? "(?<=[0-9])_(?=[0-9])" : "_", "");
    return whole(digits).or(() -> fraction(digits));
  }

  /** Of 64 bits, with a sign or without. */
  private static Optional<BigDecimal> whole(String digits) {
    Matcher found = WHOLE.matcher(digits);
    if (digits.length() > MOST_DIGITS || !found.matches()) {
      return Optional.empty();
    }
    return BASES.entrySet().stream()
        .filter(base -> found.group(base.getKey()) != null)
        .map(
            base ->
                new BigInteger(found.group("sign") + found.group(base.getKey()), base.getValue()))
        .filter(value -> value.compareTo(SMALLEST) >= 0 && value.compareTo(LARGEST) <= 0)
        .map(BigDecimal::new)
        .findFirst();
  }

  private static Optional<BigDecimal> fraction(String digits) {
    if (!FRACTION.matcher(digits).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(digits);
    return Double.isInfinite(value) ? Optional.empty() : Optional.of(new BigDecimal(value));
  }
}
