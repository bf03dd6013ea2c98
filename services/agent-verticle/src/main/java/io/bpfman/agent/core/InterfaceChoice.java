package io.bpfman.agent.core;

import io.bpfman.agent.port.NodeInterface;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import io.bpfman.proto.bus.v1.InterfaceDiscovery;
import io.bpfman.proto.bus.v1.InterfaceSelector;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Picks interfaces of the node. */
final class InterfaceChoice {
  private final List<NodeInterface> interfaces;

  InterfaceChoice(List<NodeInterface> interfaces) {
    this.interfaces = List.copyOf(interfaces);
  }

  /** Names as written need not exist: the loader tells, with the names that do. */
  List<String> names(InterfaceSelector selector) {
    if (selector.hasDiscovery()) {
      return discover(selector.getDiscovery());
    }
    if (selector.getNamesCount() > 0) {
      return selector.getNamesList();
    }
    if (selector.getPrimary()) {
      return List.of(primary());
    }
    throw FailureCode.INVALID_REQUEST.because(
        "the interface selector is empty", "give names, the primary interface, or discovery");
  }

  private String primary() {
    return interfaces.stream()
        .filter(NodeInterface::primary)
        .map(NodeInterface::name)
        .findFirst()
        .orElseThrow(
            () ->
                FailureCode.INTERFACE_NOT_FOUND.because(
                    "the node has no primary interface; existing: "
                        + NearNames.list(interfaces.stream().map(NodeInterface::name).toList()),
                    "name the interface"));
  }

  private List<String> discover(InterfaceDiscovery discovery) {
    Set<String> excluded = Set.copyOf(discovery.getExcludeList());
    List<Predicate<String>> allowed =
        discovery.getAllowList().stream().map(InterfaceChoice::rule).toList();
    return interfaces.stream()
        .map(NodeInterface::name)
        .filter(name -> !excluded.contains(name))
        .filter(name -> allowed.isEmpty() || allowed.stream().anyMatch(rule -> rule.test(name)))
        .toList();
  }

  private static Predicate<String> rule(String text) {
    if (text.length() < 2 || !text.startsWith("/") || !text.endsWith("/")) {
      return text::equals;
    }
    try {
      return Pattern.compile(text.substring(1, text.length() - 1)).asPredicate();
    } catch (PatternSyntaxException bad) {
      throw FailureCode.INVALID_REQUEST.because(
          "allowed interface %s is no regular expression: %s".formatted(text, bad.getDescription()),
          "correct it; nothing is attached by this link until then",
          bad);
    }
  }
}
