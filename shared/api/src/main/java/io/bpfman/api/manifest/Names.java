package io.bpfman.api.manifest;

import java.util.regex.Pattern;

/** Grammars of names in Kubernetes and in the kernel. Pure. */
final class Names {
  /** Longest value of a label. */
  static final int MAX_LABEL = 63;

  /** Longest prefix of a label's key. */
  private static final int MAX_PREFIX = 253;

  /** IFNAMSIZ of linux/if.h less the terminating zero. */
  private static final int MAX_INTERFACE = 15;

  private static final Pattern OBJECT =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

  private Names() {}

  /**
   * RFC 1123 subdomain.
   *
   * @param limit in characters
   */
  static boolean isObject(String name, int limit) {
    return name.length() <= limit && OBJECT.matcher(name).matches();
  }

  /** RFC 1123 label. */
  static boolean isNamespace(String name) {
    return name.length() <= MAX_LABEL && NAMESPACE.matcher(name).matches();
  }

  static boolean isLabelValue(String value) {
    return value.isEmpty() || (value.length() <= MAX_LABEL && LABEL.matcher(value).matches());
  }

  /** A name with or without the subdomain of who owns it. */
  static boolean isLabelKey(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    boolean prefixed = slash < 0 || isObject(key.substring(0, slash), MAX_PREFIX);
    return prefixed && !name.isEmpty() && isLabelValue(name);
  }

  /** What dev_valid_name of net/core/dev.c lets through. */
  static boolean isInterface(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_INTERFACE
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == ':' || Character.isWhitespace(c));
  }
}
