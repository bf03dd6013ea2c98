package io.bpfman.loader.daemon;

import java.nio.file.Path;

/** Places below the runtime directory; the same as bpfman's. */
record RuntimeLayout(Path root) {
  /** bpffs with all pins. */
  Path bpffs() {
    return root.resolve("fs");
  }

  /** Copies of objects. */
  Path programs() {
    return root.resolve("programs");
  }

  Path store() {
    return root.resolve("db").resolve("store.db");
  }

  /** Held locked as long as a daemon works on this directory. */
  Path lock() {
    return root.resolve(".lock");
  }
}
