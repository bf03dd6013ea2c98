package io.bpfman.loader.port;

import io.bpfman.model.ProgramId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies of the objects that programs came from, for those that a dispatcher may have to load once
 * more. Removing what is not there is success. Failures are STORE_FAILED. Blocking; any thread.
 */
public interface ObjectCopies {
  Path of(ProgramId program);

  /**
   * Keeps one copy for all programs of an object.
   *
   * @param object all bytes of the file
   */
  void keep(List<ProgramId> programs, ByteBuffer object);

  void remove(ProgramId program);

  /** Programs of which there is a copy. */
  List<ProgramId> programs();
}
