package io.bpfman.api.manifest;

/** Kind of a broken rule, with the word that the API server uses for it. */
public enum FieldReason {
  INVALID("FieldValueInvalid"),
  REQUIRED("FieldValueRequired"),
  DUPLICATE("FieldValueDuplicate"),
  NOT_SUPPORTED("FieldValueNotSupported"),
  FORBIDDEN("FieldValueForbidden"),
  TOO_LONG("FieldValueTooLong");

  private final String word;

  FieldReason(String word) {
    this.word = word;
  }

  /** As in {@code status.details.causes[].reason} of the API server's answers. */
  public String word() {
    return word;
  }
}
