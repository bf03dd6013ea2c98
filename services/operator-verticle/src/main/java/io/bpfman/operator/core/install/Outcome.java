package io.bpfman.operator.core.install;

/** What became of one object. */
public sealed interface Outcome {
  ObjectRef object();

  /** It is as it should be. */
  record Unchanged(ObjectRef object) implements Outcome {}

  /** An override leaves it to its user. */
  record Unmanaged(ObjectRef object) implements Outcome {}

  /** It was not there. */
  record Created(ObjectRef object) implements Outcome {}

  /** It was another than wanted. */
  record Updated(ObjectRef object) implements Outcome {}

  /**
   * It differed in what cannot be changed, and was made anew.
   *
   * @param why part of a sentence
   */
  record Replaced(ObjectRef object, String why) implements Outcome {}

  /**
   * It is not as it should be.
   *
   * @param reason of the condition, CamelCase
   * @param message a sentence with the cause and what to do
   */
  record Failed(ObjectRef object, String reason, String message) implements Outcome {}
}
