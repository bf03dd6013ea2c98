package io.bpfman.nudge.core.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.BundleRequest;
import io.bpfman.nudge.core.olm.BundleUpdate;
import io.bpfman.nudge.core.olm.CatalogRequest;
import io.bpfman.nudge.core.olm.CatalogUpdate;
import io.bpfman.nudge.core.olm.Operand;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class YamlEditorPropertyTest {
  private static final Path FIXTURE =
      NudgeHarness.project().resolve("tools/nudge/src/test/resources/fixture/olm");
  private static final String CSV =
      NudgeHarness.read(
          FIXTURE.resolve("bundle/manifests/bpfman-operator.clusterserviceversion.yaml"));
  private static final String INDEX =
      NudgeHarness.read(FIXTURE.resolve("catalog/bpfman-operator/index.yaml"));

  /** A value in every style, between things that must stay. */
  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> value =
        Arbitraries.of(
            "plain",
            "'single ''q'''",
            "\"dou\\tble\"",
            "|-\n    literal\n    lines",
            ">-\n    folded",
            "12",
            "true",
            "~",
            "",
            "[1, 2]",
            "a  # comment",
            "\u2603 \ud83d\ude00");
    Arbitrary<String> comment = Arbitraries.of("", "# comment: here\n", "\n", "  \n");
    return Combinators.combine(comment, value, comment, value, comment)
        .as(
            (a, b, c, d, e) ->
                a + "k1: " + b + "\n" + c + "k2:\n  target: " + d + "\n" + e + "k3: x\n");
  }

  @Property(tries = 300)
  void settingAScalarChangesThatScalarOnly(
      @ForAll("documents") String text, @ForAll("texts") String value) {
    YamlFile file = YamlFile.parse("f", text);
    YamlValue target = file.documents().getFirst().get("k2", "target").orElseThrow();
    if (target.isList()) {
      return;
    }
    String changed = new YamlEditor(file).set(target, value).text();
    YamlFile after = YamlFile.parse("f", changed);
    assertEquals(
        Optional.of(value),
        after.documents().getFirst().get("k2", "target").flatMap(YamlValue::text));
    int start = text.indexOf("target:") + "target:".length();
    assertEquals(text.substring(0, start), changed.substring(0, start));
    assertTrue(changed.endsWith("k3: x\n"));
    YamlValue again = after.documents().getFirst().get("k2", "target").orElseThrow();
    assertEquals(changed, new YamlEditor(after).set(again, value).text());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "quay.io/x/y@sha256:" + "0".repeat(64),
            "a|b&c",
            "it's",
            "say \"x\"",
            "0.6",
            "1.2.3",
            "yes",
            "null",
            "- a",
            "a: b",
            "a #b",
            "@x",
            "",
            " lead",
            "1e3",
            "0x1f",
            "12:30:45"),
        Arbitraries.strings().ascii().excludeChars('\r').ofMaxLength(20));
  }

  private static String updated(String csv, Map<Operand, ImageReference> images) {
    return BundleUpdate.apply(YamlFile.parse("csv", csv), new BundleRequest(images, "", List.of()))
        .text();
  }

  private static Map<Operand, ImageReference> images(Random random) {
    Map<Operand, ImageReference> images = new EnumMap<>(Operand.class);
    for (Operand operand : Operand.values()) {
      String digest = String.format("%064x", new BigInteger(256, random));
      if (operand == Operand.OPERATOR || random.nextBoolean()) {
        images.put(
            operand,
            ImageReference.pinned("quay.io/bpfman/" + operand.component() + "@sha256:" + digest));
      }
    }
    return images;
  }

  /** Any images: each is where it belongs, the last update wins, line ends stay what they are. */
  @Property(tries = 100)
  void theLastUpdateWinsWhateverWasThereBefore(@ForAll long seed) {
    Random random = new Random(seed);
    Map<Operand, ImageReference> first = images(random);
    Map<Operand, ImageReference> second = images(random);
    Map<Operand, ImageReference> both = new EnumMap<>(first);
    both.putAll(second);
    String twice = updated(updated(CSV, first), second);
    assertEquals(updated(CSV, both), twice);
    assertEquals(twice, updated(twice, both));
    assertEquals(twice.replace("\n", "\r\n"), updated(CSV.replace("\n", "\r\n"), both));
    String back = twice;
    for (ImageReference image : both.values()) {
      assertTrue(twice.contains(image.toString()));
      back = back.replace(image.toString(), "");
    }
    String plain =
        CSV.replaceAll(">-\\n *(quay.io/bpfman/bpfman-operator:latest)", "$1")
            .replaceAll(
                "(image:|containerImage:|value:)( [\"']?)quay.io/bpfman/[^ \"'\n},]*", "$1$2");
    String changed =
        back.replaceAll(
            "(image:|containerImage:|value:)( [\"']?)quay.io/bpfman/[^ \"'\n},]*", "$1$2");
    assertEquals(plain, changed);
  }

  /** Anything may be refused, but nothing may be broken and no other exception may come. */
  @Property(tries = 300)
  void mutatedFilesAreRefusedOrChangedAsIntended(@ForAll long seed) {
    String text = mutate(CSV, new Random(seed));
    ImageReference image =
        ImageReference.pinned("quay.io/bpfman/bpfman-operator@" + NudgeHarness.NEW);
    BundleRequest request = new BundleRequest(Map.of(Operand.OPERATOR, image), "", List.of());
    try {
      String once = BundleUpdate.apply(YamlFile.parse("csv", text), request).text();
      assertEquals(once, BundleUpdate.apply(YamlFile.parse("csv", once), request).text());
      assertTrue(once.contains(image.toString()));
    } catch (UnusableInputException refused) {
      assertTrue(refused.getMessage().contains("csv"), refused.getMessage());
    }
  }

  @Property(tries = 200)
  void mutatedCatalogsAreRefusedOrChangedAsIntended(@ForAll long seed) {
    String text = mutate(INDEX, new Random(seed));
    ImageReference image =
        ImageReference.pinned("quay.io/bpfman/bpfman-operator-bundle@" + NudgeHarness.NEW);
    CatalogRequest request = new CatalogRequest(image, null, null, "bpfman-operator.v0.6.0");
    try {
      String once = CatalogUpdate.apply(YamlFile.parse("index", text), request).text();
      assertEquals(once, CatalogUpdate.apply(YamlFile.parse("index", once), request).text());
    } catch (UnusableInputException refused) {
      assertTrue(refused.getMessage().contains("index"), refused.getMessage());
    }
  }

  private static String mutate(String text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(7)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2 -> lines.set(at, line + "\t# \u2603");
        case 3 -> lines.set(at, "  " + line);
        case 4 -> lines.set(at, line.replace(": ", ": &a "));
        case 5 -> lines.set(at, line.replace(": ", ": *a "));
        default -> lines.set(at, character(line, random));
      }
      if (lines.isEmpty()) {
        lines.add("");
      }
    }
    return String.join("\n", lines);
  }

  private static String character(String line, Random random) {
    int at = random.nextInt(line.length() + 1);
    String signs = "{}[],:#&*!|>'\"%@`\\\u0000\u0085\ufeff-? ";
    return line.substring(0, at)
        + signs.charAt(random.nextInt(signs.length()))
        + line.substring(at);
  }
}
