package io.bpfman.loader.daemon;

/** What is done about damage and drift while a runtime directory is opened. */
public enum Care {
  /** A damaged store is rebuilt and drift repaired: for everybody who wants to work there. */
  ALL,
  /** A damaged store is rebuilt, drift is left: for somebody who will repair it and tell. */
  STORE,
  /** Nothing; START_REFUSED when the store is damaged: for somebody who only looks. */
  NONE
}
