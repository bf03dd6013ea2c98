package io.bpfman.operator.port;

import io.bpfman.operator.core.LeaseRecord;
import java.util.Optional;

/** Where the lease is kept that decides who leads. Blocking; errors are thrown. */
public interface LeaseStore {
  /** As stored at this moment, never older; empty: there is none. */
  Optional<LeaseRecord> read();

  /**
   * Makes it, or replaces exactly the version that was read.
   *
   * @throws RuntimeException it exists already, or another version is there, or nothing answers
   */
  void write(LeaseRecord lease);
}
