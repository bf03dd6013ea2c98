package io.bpfman.loader.core.btf;

/** Type information that cannot be used, or a value that does not fit its type; one sentence. */
public final class BtfException extends Exception {
  private static final long serialVersionUID = 1L;

  BtfException(String message) {
    super(message);
  }
}
