package io.bpfman.loader.core.objectfile;

/** An object that libbpf must not see. The message continues a sentence that names the file. */
public final class ObjectDamageException extends Exception {
  private static final long serialVersionUID = 1L;

  ObjectDamageException(String message) {
    super(message);
  }
}
