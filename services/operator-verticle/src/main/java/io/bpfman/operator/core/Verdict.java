package io.bpfman.operator.core;

/**
 * Condition of one application on one node.
 *
 * @param type of io.bpfman.api.v1alpha1.StateConditions
 * @param load of io.bpfman.api.v1alpha1.AppLoadStates
 * @param message why, with the real cause
 */
record Verdict(String type, String load, String message) {}
