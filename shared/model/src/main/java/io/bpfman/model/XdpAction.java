package io.bpfman.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Return codes of an XDP program (enum xdp_action of linux/bpf.h) and of the dispatcher's empty
 * slot.
 */
public enum XdpAction {
  ABORTED(0, "Aborted"),
  DROP(1, "Drop"),
  PASS(2, "Pass"),
  TX(3, "TX"),
  REDIRECT(4, "ReDirect"),
  DISPATCHER_RETURN(31, "DispatcherReturn");

  private final int code;
  private final String resourceName;

  XdpAction(int code, String resourceName) {
    this.code = code;
    this.resourceName = resourceName;
  }

  public int code() {
    return code;
  }

  /** Spelling in the custom resources. */
  public String resourceName() {
    return resourceName;
  }

  /** Spelling on the command line: lower case. */
  public String cliName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What lets the next program run when nothing else is said. */
  public static Set<XdpAction> defaultProceedOn() {
    return EnumSet.of(PASS, DISPATCHER_RETURN);
  }

  public static Optional<XdpAction> ofCode(int code) {
    return Arrays.stream(values()).filter(action -> action.code == code).findFirst();
  }

  public static Optional<XdpAction> ofName(String name) {
    return Arrays.stream(values())
        .filter(a -> a.cliName().equalsIgnoreCase(name) || a.resourceName.equals(name))
        .findFirst();
  }
}
