package io.bpfman.contract.wire;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NetworkHook;

/** Checks of single fields of an attach request. */
final class AttachFields {
  private AttachFields() {}

  static NetworkHook hook(String iface, String netns) {
    String name = required("iface", iface, "name a network interface");
    return new NetworkHook(name, netns.isEmpty() ? null : netns);
  }

  static Direction direction(String text) {
    return Direction.ofName(text)
        .orElseThrow(
            () ->
                FailureCode.INVALID_REQUEST.because(
                    "direction \"%s\" is unknown".formatted(text), "use ingress or egress"));
  }

  static int nonNegative(String field, int value) {
    if (value < 0) {
      throw FailureCode.INVALID_REQUEST.because(
          "%s %d is negative".formatted(field, value), "use 0 or more");
    }
    return value;
  }

  /** A uint64 above 2^63 - 1 arrives as a negative long; no file or function is that long. */
  static long offset(long value) {
    if (value < 0) {
      throw FailureCode.INVALID_REQUEST.because(
          "offset %s is out of range".formatted(Long.toUnsignedString(value)),
          "use 0 to " + Long.MAX_VALUE + " bytes");
    }
    return value;
  }

  static String required(String field, String value, String hint) {
    if (value.isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(field + " is empty", hint);
    }
    return value;
  }

  static AttachSpec.Tracepoint tracepoint(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
      throw FailureCode.INVALID_REQUEST.because(
          "tracepoint \"%s\" is not of the form group/name".formatted(text),
          "for example syscalls/sys_enter_openat");
    }
    return new AttachSpec.Tracepoint(text.substring(0, slash), text.substring(slash + 1));
  }
}
