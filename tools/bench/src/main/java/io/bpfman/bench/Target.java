package io.bpfman.bench;

/** One way to have the loader's work done. Each call blocks until the step is over. */
interface Target extends AutoCloseable {
  /** Name in the table. */
  String name();

  /** Answers the program id. */
  long load(Kind kind) throws Exception;

  /** Answers the link id. */
  long attach(Kind kind, long program) throws Exception;

  void detach(long link) throws Exception;

  void unload(long program) throws Exception;
}
