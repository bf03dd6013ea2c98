package io.bpfman.loader.core.objectfile;

/**
 * A sound object that cannot be loaded as it was asked for. The message continues a sentence that
 * names the file.
 */
public final class UnfitObjectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  UnfitObjectException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** The way out. */
  public String hint() {
    return hint;
  }
}
