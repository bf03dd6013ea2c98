package io.bpfman.agent.port;

import java.util.Optional;

/** Content of local object files. Blocking. */
public interface ObjectDigests {
  /** SHA-256 of the file in hexadecimal digits; empty when this process cannot read it. */
  Optional<String> of(String path);
}
