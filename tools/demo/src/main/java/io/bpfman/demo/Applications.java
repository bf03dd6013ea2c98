package io.bpfman.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where the samples are applied and the operator says what became of them. One thread. */
interface Applications {
  /**
   * What the operator says of one application.
   *
   * @param reason of its condition; {@code Success} when all is well
   */
  record State(String reason, String message) {}

  /** Makes ready what the operator needs; answers lines that say so. */
  List<String> open() throws IOException;

  /** Applies the samples; answers what the command said, a line for each application. */
  List<String> apply();

  /** By name; applications of which nothing is said are absent. */
  Map<String, State> states();

  /** Lines for a second terminal. */
  List<String> hints();

  /**
   * Deletes all of them; answers how many there were.
   *
   * @param served whether an operator is there to finish it
   */
  int remove(boolean served) throws IOException;

  /** Ends what {@link #open} made. Idempotent. */
  void close() throws IOException;
}
