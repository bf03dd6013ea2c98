package io.bpfman.operator.core;

/**
 * Condition of one application on one node.
 *
 * @param type of io.bpfman.api.v1alpha1.StateConditions
 * @param load of io.bpfman.api.v1alpha1.AppLoadStates
 * @param reason of the failure, or why success means little, one word; the type when there is none
 * @param message why, with the real cause
 */
record Verdict(String type, String load, String reason, String message) {
  static Verdict of(String type, String load, String message) {
    return new Verdict(type, load, type, message);
  }
}
