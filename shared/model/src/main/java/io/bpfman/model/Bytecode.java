package io.bpfman.model;

import org.jspecify.annotations.Nullable;

/** Where an ELF object comes from. */
public sealed interface Bytecode {

  /** Absolute path in the daemon's file system. */
  record File(String path) implements Bytecode {
    @Override
    public String toString() {
      return path;
    }
  }

  /** An OCI image; user name and password are null for anonymous pulls. */
  record Image(
      String url, PullPolicy pullPolicy, @Nullable String username, @Nullable String password)
      implements Bytecode {
    @Override
    public String toString() {
      return url;
    }
  }

  /** When to ask the registry; the ordinal is the wire number. */
  enum PullPolicy {
    ALWAYS,
    IF_NOT_PRESENT,
    NEVER
  }
}
