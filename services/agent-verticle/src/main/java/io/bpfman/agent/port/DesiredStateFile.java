package io.bpfman.agent.port;

import io.bpfman.proto.bus.v1.SignedDesiredState;
import java.util.Optional;

/** Keeps the last accepted desired state over restarts. Blocking. */
public interface DesiredStateFile {
  /**
   * Empty when none was ever saved.
   *
   * @throws io.bpfman.model.BpfmanException STORE_FAILED when the file is there but cannot be read
   *     or understood
   */
  Optional<SignedDesiredState> read();

  /**
   * Replaces what was saved, or leaves it as it was.
   *
   * @throws io.bpfman.model.BpfmanException STORE_FAILED
   */
  void write(SignedDesiredState state);
}
