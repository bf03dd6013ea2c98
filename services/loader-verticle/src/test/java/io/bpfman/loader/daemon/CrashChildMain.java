package io.bpfman.loader.daemon;

import io.bpfman.loader.adapter.bpffs.BpffsPinTree;
import io.bpfman.loader.adapter.elf.ElfObjectReader;
import io.bpfman.loader.adapter.elf.ElfProbeTargets;
import io.bpfman.loader.adapter.files.ObjectDirectory;
import io.bpfman.loader.adapter.host.HostView;
import io.bpfman.loader.adapter.libbpf.LibbpfKernel;
import io.bpfman.loader.adapter.sqlite.SqliteProgramStore;
import io.bpfman.loader.core.CachedStore;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.Platform;
import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.ObjectCopies;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Does one operation on a loader's directory and dies before a given port call. Arguments: the
 * paths of a {@link CrashSetting}, the operation, its target and the number of the fatal call, 0
 * for none. Prints the number of calls when it survives.
 */
final class CrashChildMain {
  private CrashChildMain() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    CrashSetting setting = CrashSetting.of(words);
    FaultPoints faults = new FaultPoints(Integer.parseInt(words.get(6)));
    try (InstanceLock lock = InstanceLock.take(layout(setting).lock(), Duration.ofSeconds(10));
        ProgramStore store = SqliteProgramStore.open(layout(setting).store())) {
      CrashOperation operation = CrashOperation.valueOf(words.get(4));
      operation.run(setting, core(setting, faults, store), Long.parseLong(words.get(5)));
      faults.pass();
      System.out.println(faults.calls());
    }
  }

  private static RuntimeLayout layout(CrashSetting setting) {
    return new RuntimeLayout(setting.runtimeDir());
  }

  private static LoaderCore core(CrashSetting setting, FaultPoints faults, ProgramStore store) {
    return core(layout(setting), faults, store);
  }

  /** A loader on a directory that the caller has locked, which ends at a fault point. */
  static LoaderCore core(RuntimeLayout layout, FaultPoints faults, ProgramStore store) {
    Platform platform =
        new Platform(
            faults.around(
                BpfKernel.class, new LibbpfKernel(new ElfProbeTargets(HostView.detect()))),
            faults.around(PinTree.class, new BpffsPinTree(layout.bpffs())),
            faults.around(ProgramStore.class, new CachedStore(store)),
            faults.around(ObjectCopies.class, new ObjectDirectory(layout.programs())));
    return new LoaderCore(platform, new ElfObjectReader(), InstantSource.system());
  }
}
