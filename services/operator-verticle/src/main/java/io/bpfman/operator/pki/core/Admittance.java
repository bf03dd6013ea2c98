package io.bpfman.operator.pki.core;

import io.bpfman.runtime.pki.PeerIdentity;

/** What a credential is good for. */
public sealed interface Admittance {
  /** A certificate for {@code identity}. */
  record Granted(PeerIdentity identity) implements Admittance {}

  /** Nothing: the same for a token that never was, is used up, has ended or is another node's. */
  record Unknown() implements Admittance {}

  /**
   * A real one, of somebody who may not.
   *
   * @param why the end of a sentence; may be told to its holder
   */
  record Forbidden(String why) implements Admittance {}
}
