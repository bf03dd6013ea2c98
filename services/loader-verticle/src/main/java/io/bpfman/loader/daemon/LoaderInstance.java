package io.bpfman.loader.daemon;

import io.bpfman.loader.adapter.bpffs.BpffsPinTree;
import io.bpfman.loader.adapter.elf.ElfObjectReader;
import io.bpfman.loader.adapter.elf.ElfProbeTargets;
import io.bpfman.loader.adapter.files.ObjectDirectory;
import io.bpfman.loader.adapter.host.HostView;
import io.bpfman.loader.adapter.libbpf.LibbpfKernel;
import io.bpfman.loader.adapter.sqlite.DamagedStore;
import io.bpfman.loader.adapter.sqlite.SqliteProgramStore;
import io.bpfman.loader.core.CachedStore;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.Platform;
import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.ObjectCopies;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProbeTargets;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.DescribeResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loader that owns one runtime directory: locked, bpffs mounted, store open, repaired. Closing
 * leaves every program and link in the kernel.
 */
public final class LoaderInstance implements AutoCloseable {
  private final InstanceLock lock;
  private final BpfKernel kernel;
  private final ProgramStore store;
  private final LoaderCore core;
  private final List<String> repairs;
  private final Path runtimeDir;
  private final Path bpffs;
  private final boolean mounted;

  private LoaderInstance(
      InstanceLock lock, RuntimeLayout layout, Care care, Supplier<BpfKernel> binding) {
    this.lock = lock;
    this.runtimeDir = layout.root();
    bpffs = layout.bpffs();
    kernel = binding.get();
    mounted = kernel.ensureBpffs(bpffs);
    try {
      InstantSource clock = InstantSource.system();
      Optional<Path> damaged = setAsideIfDamaged(layout.store(), care, clock);
      ProgramStore durable = new SqliteProgramStore(layout.store(), clock);
      try {
        store = new CachedStore(durable);
        core = core(layout, clock);
        repairs = repair(core, damaged.orElse(null), care);
      } catch (RuntimeException e) {
        durable.close();
        throw e;
      }
    } catch (RuntimeException e) {
      unmountOwn(e);
      throw e;
    }
  }

  private LoaderCore core(RuntimeLayout layout, InstantSource clock) {
    PinTree pins = new BpffsPinTree(layout.bpffs());
    pins.prepare();
    ObjectCopies copies = new ObjectDirectory(layout.programs());
    return new LoaderCore(new Platform(kernel, pins, store, copies), new ElfObjectReader(), clock);
  }

  /** What a start that failed had mounted itself holds nothing of anybody. */
  private void unmountOwn(RuntimeException failure) {
    try {
      unmountOwn();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void unmountOwn() {
    if (mounted) {
      kernel.unmountBpffs(bpffs);
    }
  }

  /**
   * @param damaged the store that was set aside; null when it was whole
   */
  private static List<String> repair(LoaderCore core, @Nullable Path damaged, Care care) {
    List<String> told = new ArrayList<>();
    if (damaged != null) {
      told.addAll(core.recovery().run(damaged));
    }
    if (care == Care.ALL) {
      core.doctor().repair().forEach(treated -> told.add(treated.sentence()));
    }
    return List.copyOf(told);
  }

  private static Optional<Path> setAsideIfDamaged(Path file, Care care, InstantSource clock) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (care == Care.NONE && DamagedStore.isDamaged(file)) {
      throw FailureCode.START_REFUSED.because(
          "the store %s is damaged".formatted(file),
          "`bpfman doctor --repair` keeps it aside and makes a new one from the pins");
    }
    return DamagedStore.setAside(file, clock);
  }

  /** As {@link #open(Opening)}, with all care and the default time to wait. */
  public static LoaderInstance open(Path runtimeDir) {
    return open(new Opening(runtimeDir, Opening.DEFAULT_LOCK_TIMEOUT, Care.ALL));
  }

  /**
   * START_REFUSED when the directory stays in use, cannot be made, or cannot hold a bpffs; then
   * nothing stays open.
   */
  public static LoaderInstance open(Opening opening) {
    return open(opening, LoaderInstance::bindKernel);
  }

  private static BpfKernel bindKernel() {
    return bindKernel(new ElfProbeTargets(HostView.detect()));
  }

  /** Binds the native libraries, which takes a third of a start. START_REFUSED without libbpf. */
  static BpfKernel bindKernel(ProbeTargets targets) {
    return new LibbpfKernel(targets);
  }

  static LoaderInstance open(Opening opening, Supplier<BpfKernel> binding) {
    RuntimeLayout layout = layout(opening);
    return locked(InstanceLock.take(layout.lock(), opening.lockTimeout()), opening, binding);
  }

  /**
   * As {@link #open(Opening)}; empty when it turned out that there is no need.
   *
   * @param needless asked whenever the directory was found to be in use
   */
  public static Optional<LoaderInstance> openUnless(Opening opening, BooleanSupplier needless) {
    return InstanceLock.takeUnless(layout(opening).lock(), opening.lockTimeout(), needless)
        .map(lock -> locked(lock, opening, LoaderInstance::bindKernel));
  }

  private static RuntimeLayout layout(Opening opening) {
    RuntimeLayout layout = new RuntimeLayout(opening.runtimeDir().toAbsolutePath().normalize());
    createDirectories(layout);
    return layout;
  }

  private static LoaderInstance locked(
      InstanceLock lock, Opening opening, Supplier<BpfKernel> binding) {
    RuntimeLayout layout = new RuntimeLayout(opening.runtimeDir().toAbsolutePath().normalize());
    try {
      return new LoaderInstance(lock, layout, opening.care(), binding);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void createDirectories(RuntimeLayout layout) {
    try {
      Files.createDirectories(layout.bpffs());
      Files.createDirectories(layout.store().getParent());
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot make runtime directory %s: %s".formatted(layout.root(), e),
          "run as root or give another --runtime-dir",
          e);
    }
  }

  public LoaderCore core() {
    return core;
  }

  /** Who works here: versions, directory and network namespace. */
  public DescribeResponse describe() {
    return DescribeResponse.newBuilder()
        .setVersion(Version.current())
        .setKernelRelease(kernelRelease())
        .setLibbpfVersion(kernel.libbpfVersion())
        .setRuntimeDir(runtimeDir.toString())
        .setNetns(netns())
        .build();
  }

  private static long netns() {
    Path file = Path.of("/proc/self/ns/net");
    try {
      return (Long) Files.getAttribute(file, "unix:ino");
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot read %s: %s".formatted(file, e.getMessage()), "mount /proc", e);
    }
  }

  private static String kernelRelease() {
    Path file = Path.of("/proc/sys/kernel/osrelease");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot read %s: %s".formatted(file, e.getMessage()), "mount /proc", e);
    }
  }

  /** Tells those who wait for the directory where to find this daemon. */
  void serves(Path socket) {
    lock.serves(socket);
  }

  /** One sentence for each thing that the start repaired or could not. */
  public List<String> repairs() {
    return repairs;
  }

  /** Closes one that has served nobody, and leaves no more behind than there was before. */
  void abandon() {
    store.close();
    try {
      unmountOwn();
    } finally {
      lock.close();
    }
  }

  @Override
  public void close() {
    store.close();
    lock.close();
  }
}
