package io.bpfman.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Return codes of a TC program (linux/pkt_cls.h) and of the dispatcher's empty slot. */
public enum TcAction {
  UNSPEC(-1, "UnSpec"),
  OK(0, "OK"),
  RECLASSIFY(1, "ReClassify"),
  SHOT(2, "Shot"),
  PIPE(3, "Pipe"),
  STOLEN(4, "Stolen"),
  QUEUED(5, "Queued"),
  REPEAT(6, "Repeat"),
  REDIRECT(7, "ReDirect"),
  TRAP(8, "Trap"),
  DISPATCHER_RETURN(30, "DispatcherReturn");

  private final int code;
  private final String resourceName;

  TcAction(int code, String resourceName) {
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
  public static Set<TcAction> defaultProceedOn() {
    return EnumSet.of(PIPE, DISPATCHER_RETURN);
  }

  public static Optional<TcAction> ofCode(int code) {
    return Arrays.stream(values()).filter(action -> action.code == code).findFirst();
  }

  public static Optional<TcAction> ofName(String name) {
    return Arrays.stream(values())
        .filter(a -> a.cliName().equalsIgnoreCase(name) || a.resourceName.equals(name))
        .findFirst();
  }
}
