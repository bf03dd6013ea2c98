package io.bpfman.loader.adapter.libbpf;

/** libbpf or the kernel refused an object; {@link LoadFailures} finds the words for it. */
final class LoadRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** How far the load got. */
  enum Stage {
    OPEN,
    TARGET,
    LOAD
  }

  private final Stage stage;
  private final int errno;
  private final String program;
  private final String log;

  /**
   * @param errno positive
   * @param program name of the one that was refused; empty when not known
   * @param log what the verifier said; may be empty
   */
  LoadRefused(Stage stage, int errno, String program, String log) {
    super(stage + ": " + Errno.describe(errno));
    this.stage = stage;
    this.errno = errno;
    this.program = program;
    this.log = log;
  }

  Stage stage() {
    return stage;
  }

  int errno() {
    return errno;
  }

  String program() {
    return program;
  }

  String log() {
    return log;
  }
}
