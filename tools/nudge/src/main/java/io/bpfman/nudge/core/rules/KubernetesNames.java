package io.bpfman.nudge.core.rules;

import com.google.re2j.Pattern;

/** Names by the rules of k8s.io/apimachinery (util/validation). */
final class KubernetesNames {
  private static final int MAX_LABEL = 63;
  private static final int MAX_SUBDOMAIN = 253;
  private static final String PART = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
  private static final Pattern LABEL = Pattern.compile(PART);
  private static final Pattern SUBDOMAIN = Pattern.compile(PART + "(?:\\." + PART + ")*");
  private static final Pattern RFC_1035 = Pattern.compile("[a-z](?:[a-z0-9-]*[a-z0-9])?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");

  private KubernetesNames() {}

  /** A DNS-1123 label: at most 63 characters, no dots. */
  static boolean label(String text) {
    return text.length() <= MAX_LABEL && LABEL.matches(text);
  }

  /** A DNS-1035 label, which starts with a letter. */
  static boolean rfc1035(String text) {
    return text.length() <= MAX_LABEL && RFC_1035.matches(text);
  }

  /** A DNS-1123 subdomain: labels with dots, at most 253 characters. */
  static boolean subdomain(String text) {
    return text.length() <= MAX_SUBDOMAIN && SUBDOMAIN.matches(text);
  }

  /** A subdomain that is a label's value too, so that OLM can select by it. */
  static boolean csv(String text) {
    return text.length() <= MAX_LABEL && SUBDOMAIN.matches(text);
  }

  /** Value of a label; it may be empty. */
  static boolean labelValue(String text) {
    return text.isEmpty() || word(text);
  }

  /** Key of a label or an annotation: a word, or a subdomain, a slash and a word. */
  static boolean key(String text) {
    int slash = text.indexOf('/');
    return word(text.substring(slash + 1)) && (slash < 0 || subdomain(text.substring(0, slash)));
  }

  private static boolean word(String text) {
    return text.length() <= MAX_LABEL && WORD.matches(text);
  }
}
