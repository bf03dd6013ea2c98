package io.bpfman.nudge.command;

/** Exit codes of every command. */
public final class ExitCodes {
  /** Done; checks found nothing. */
  public static final int FINE = 0;

  /** A check found something: an error, a difference, a loop, a mismatch. */
  public static final int FOUND = 1;

  /** Input is missing, does not parse, or nothing in it matched; nothing was written. */
  public static final int UNUSABLE = 2;

  /** A command line that cannot be understood. */
  public static final int USAGE = 80;

  private ExitCodes() {}
}
