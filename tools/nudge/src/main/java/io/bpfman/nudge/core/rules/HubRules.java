package io.bpfman.nudge.core.rules;

import com.google.re2j.Pattern;
import io.bpfman.nudge.core.AdviceRule;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The optional set operatorhubv2 of operator-sdk: what a person reads in a catalog. */
final class HubRules {
  private static final Set<String> MEDIA_TYPES =
      Set.of("image/gif", "image/jpeg", "image/png", "image/svg+xml");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
  private static final Pattern URL = Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s/]+\\S*");

  private final YamlValue root;
  private final Findings findings;

  private HubRules(Csv csv, Findings findings) {
    this.root = csv.root();
    this.findings = findings;
  }

  static void check(Csv csv, Findings findings) {
    HubRules rules = new HubRules(csv, findings);
    rules.provider();
    rules.maintainers();
    rules.links();
    rules.icon();
  }

  /** True when {@code icon} has data in base64 and a media type that consoles show. */
  static boolean isIcon(YamlValue icon) {
    return MEDIA_TYPES.contains(icon.text("mediatype")) && isBase64(icon.text("base64data"));
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getMimeDecoder().decode(text).length > 0 && text.matches("[A-Za-z0-9+/=\\s]+");
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private void provider() {
    findings.expect(
        !root.text("spec", "provider", "name").isBlank(),
        AdviceRule.HUB_PROVIDER,
        root.get("spec", "provider").orElse(root).place(),
        "has no spec.provider.name; write who offers the operator");
  }

  private void maintainers() {
    List<YamlValue> all = root.items("spec", "maintainers");
    findings.expect(
        !all.isEmpty(),
        AdviceRule.HUB_MAINTAINERS,
        root.place(),
        "has no spec.maintainers; write name and e-mail address of one");
    for (YamlValue maintainer : all) {
      findings.expect(
          !maintainer.text("name").isBlank() && EMAIL.matches(maintainer.text("email")),
          AdviceRule.HUB_MAINTAINERS,
          maintainer.place(),
          "needs a name and an e-mail address");
    }
  }

  private void links() {
    for (YamlValue link : root.items("spec", "links")) {
      findings.expect(
          !link.text("name").isBlank() && URL.matches(link.text("url")),
          AdviceRule.HUB_LINKS,
          link.place(),
          "needs a name and a URL such as https://bpfman.io");
    }
  }

  private void icon() {
    List<YamlValue> icons = root.items("spec", "icon");
    findings.expect(
        icons.size() == 1 && isIcon(icons.getFirst()),
        AdviceRule.HUB_ICON,
        root.get("spec", "icon").orElse(root).place(),
        "needs one icon with base64data and a mediatype of %s"
            .formatted(MEDIA_TYPES.stream().sorted().toList()));
  }
}
