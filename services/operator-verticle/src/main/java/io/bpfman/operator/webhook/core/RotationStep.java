package io.bpfman.operator.webhook.core;

/** What is to be done with a keyring next; one thing at a time. */
public enum RotationStep {
  /** Nothing. */
  KEEP,
  /** Everything anew: nobody can trust what there is. */
  START_OVER,
  /** A new authority beside the old one, which goes on serving until clients trust the new one. */
  NEW_AUTHORITY,
  /** A new certificate of the newest authority. */
  NEW_CERTIFICATE,
  /** Authorities that are over go. */
  DROP_OLD
}
