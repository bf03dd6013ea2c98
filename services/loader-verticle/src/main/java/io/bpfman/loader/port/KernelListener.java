package io.bpfman.loader.port;

import io.bpfman.model.BpfmanException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the kernel tells. All calls come from one thread, which belongs to the watch; what a
 * call throws ends the watch as {@link #failed} does.
 */
public interface KernelListener {

  /** First of all; before it nothing is asked. */
  void prepare();

  /** Paths of the namespaces whose interfaces matter, beside the daemon's own. */
  Set<String> namespaces();

  /** Directories whose vanishing files matter; asked once. */
  List<Path> directories();

  /**
   * Directories of the files that probes are on. Links from elsewhere that lead to them are not
   * told of.
   */
  Set<Path> targetDirectories();

  /** From now on every change is told. */
  void started();

  void interfaceChanged(InterfaceChange change);

  /**
   * A traffic control filter or qdisc went away.
   *
   * @param netns path of the namespace; null is the daemon's own
   */
  void filtersChanged(@Nullable String netns);

  /** A file of one of the directories is gone. */
  void removed(Path file);

  /** A file of one of the directories of targets is another now, or written over, or gone. */
  void targetChanged(Path file);

  /** So much time has passed, see {@link BpfKernel#watch}. */
  void tick();

  /** The watch has ended by itself. */
  void failed(BpfmanException reason);
}
