package io.bpfman.loader.core;

import io.bpfman.loader.port.LoadedObject;
import io.bpfman.model.KernelProgram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a {@link PinnedKernel} loads: one program and its maps.
 *
 * @param maps ids by name
 * @param sharedMaps names of those that are shared
 */
record PinnedObject(KernelProgram program, Map<String, Long> maps, List<String> sharedMaps)
    implements LoadedObject {

  @Override
  public List<KernelProgram> programs() {
    return List.of(program);
  }

  @Override
  public Map<String, String> misfits() {
    return Map.of();
  }

  @Override
  public ByteBuffer image() {
    return ByteBuffer.wrap(new byte[] {1});
  }

  @Override
  public void pinProgram(int index, Path pin) {
    PinnedKernel.touch(pin);
  }

  @Override
  public void pinMap(String name, Path pin) {
    PinnedKernel.write(pin, maps.get(name));
  }

  @Override
  public void close() {}
}
