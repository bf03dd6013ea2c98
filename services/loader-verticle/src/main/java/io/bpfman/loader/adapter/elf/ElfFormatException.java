package io.bpfman.loader.adapter.elf;

/**
 * A file that is not the ELF file it should be. The message continues a sentence that starts with
 * the file's name.
 */
final class ElfFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * @param hint the way out; may be empty
   */
  ElfFormatException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  static ElfFormatException truncated(String what, long end, long size) {
    return new ElfFormatException(
        "is truncated or damaged: %s ends at byte %s but the file has %d"
            .formatted(what, Long.toUnsignedString(end), size),
        "copy or build the file again");
  }

  static ElfFormatException damaged(String what) {
    return new ElfFormatException("is damaged: " + what, "copy or build the file again");
  }

  String hint() {
    return hint;
  }
}
