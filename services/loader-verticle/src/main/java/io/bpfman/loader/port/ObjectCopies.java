package io.bpfman.loader.port;

import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies of the objects that programs came from, for dispatchers that have to load one once more
 * and for people who want to know what runs. Removing what is not there is success. Failures are
 * STORE_FAILED. Blocking; any thread.
 */
public interface ObjectCopies {
  Path of(ProgramId program);

  /**
   * Keeps one copy for all programs of an object, and beside it where each of them came from.
   *
   * @param object all bytes of the file
   */
  void keep(List<ProgramRecord> programs, ByteBuffer object);

  void remove(ProgramId program);

  /** Programs of which there is a copy. */
  List<ProgramId> programs();
}
