package io.bpfman.loader.port;

import io.bpfman.model.KernelProgram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Programs and maps that live only while this is open, unless pinned. Closing frees every
 * descriptor. Not thread-safe.
 */
public interface LoadedObject extends AutoCloseable {

  /** In the order of the request. */
  List<KernelProgram> programs();

  /** Kernel id of each map that was made or reused, by its name; without internal maps. */
  Map<String, Long> maps();

  /** Why maps of {@link ObjectLoad#keptMaps} were not kept, by name. */
  Map<String, String> misfits();

  /** The object file as it was checked; read-only, valid until this is closed. */
  ByteBuffer image();

  /** Names of the maps that were pinned by name in the shared directory. */
  List<String> sharedMaps();

  /** Pins the program at {@code index} of {@link #programs}. */
  void pinProgram(int index, Path pin);

  void pinMap(String name, Path pin);

  @Override
  void close();
}
