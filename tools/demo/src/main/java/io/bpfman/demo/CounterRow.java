package io.bpfman.demo;

/**
 * One line of the table.
 *
 * @param total events since the program was loaded
 */
record CounterRow(
    String application,
    String program,
    String programId,
    String link,
    String attachPoint,
    long total) {

  /** The same link at another time has the same key. */
  String key() {
    return programId + "/" + link;
  }
}
