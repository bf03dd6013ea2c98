package io.bpfman.loader.daemon;

import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.loader.core.ReplaceSpec;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.Direction;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.testkit.TestNetns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the parent and the process that gets killed both know.
 *
 * @param runtimeDir of the loader
 * @param object crash.bpf.c
 * @param shared crash.bpf.c with a map pinned by name
 * @param netns namespace with {@link TestNetns#INTERFACE}
 */
record CrashSetting(Path runtimeDir, Path object, Path shared, Path netns) {
  static final ProgramSpec XDP = new ProgramSpec("crash_xdp", ProgramType.XDP);
  static final ProgramSpec TC = new ProgramSpec("crash_tc", ProgramType.TC);
  static final ProgramSpec TCX = new ProgramSpec("crash_tc", ProgramType.TCX);
  static final ProgramSpec TRACEPOINT = new ProgramSpec("crash_tp", ProgramType.TRACEPOINT);
  static final ProgramSpec UPROBE = new ProgramSpec("crash_up", ProgramType.UPROBE);

  static CrashSetting of(List<String> paths) {
    return new CrashSetting(
        Path.of(paths.get(0)), Path.of(paths.get(1)), Path.of(paths.get(2)), Path.of(paths.get(3)));
  }

  List<String> paths() {
    return Stream.of(runtimeDir, object, shared, netns).map(Path::toString).toList();
  }

  ProgramId load(LoaderCore core, ProgramSpec... programs) {
    return load(core, null, programs);
  }

  ProgramId load(LoaderCore core, @Nullable ProgramId owner, ProgramSpec... programs) {
    return first(core, new LoadSpec(file(object), List.of(programs), Map.of(), tags(), owner));
  }

  /** With a global variable and a map pinned by name. */
  ProgramId loadShared(LoaderCore core, String function) {
    ProgramSpec program = new ProgramSpec(function, ProgramType.XDP);
    Map<String, Bytes> globals = Map.of("step", Bytes.ofHex("05000000"));
    return first(core, new LoadSpec(file(shared), List.of(program), globals, tags(), null));
  }

  List<ProgramId> loadAll(LoaderCore core, ProgramSpec... programs) {
    LoadSpec spec = new LoadSpec(file(object), List.of(programs), Map.of(), tags(), null);
    return core.programs().load(spec).stream().map(view -> view.record().id()).toList();
  }

  /** Puts a new version in the place of all programs of one load. */
  void replace(LoaderCore core, long first, ProgramSpec... programs) {
    Map<String, Bytes> globals = Map.of("step", Bytes.ofHex("05000000"));
    LoadSpec load = new LoadSpec(file(object), List.of(programs), globals, tags(), null);
    core.replacement().replace(new ReplaceSpec(ofLoad(core, first), Map.of(), load));
  }

  void replaceShared(LoaderCore core, long first, String function) {
    ProgramSpec program = new ProgramSpec(function, ProgramType.XDP);
    Map<String, Bytes> other = Map.of();
    LoadSpec load = new LoadSpec(file(shared), List.of(program), other, tags(), null);
    core.replacement().replace(new ReplaceSpec(ofLoad(core, first), Map.of(), load));
  }

  /** Programs of one load have their time in common. */
  private static List<ProgramId> ofLoad(LoaderCore core, long first) {
    Instant loaded = core.inventory().program(new ProgramId(first)).record().createdAt();
    return core.inventory().programs(Map.of()).stream()
        .map(ProgramView::record)
        .filter(record -> record.createdAt().equals(loaded))
        .map(ProgramRecord::id)
        .toList();
  }

  private static ProgramId first(LoaderCore core, LoadSpec spec) {
    return core.programs().load(spec).getFirst().record().id();
  }

  private static Bytecode file(Path object) {
    return new Bytecode.File(object.toString());
  }

  private static Map<String, String> tags() {
    return Map.of("test", "crash", "team", "blue");
  }

  AttachSpec xdp(String device) {
    return new AttachSpec.Xdp(hook(device), 50, XdpAction.defaultProceedOn());
  }

  AttachSpec tc(String device) {
    return new AttachSpec.Tc(hook(device), Direction.INGRESS, 50, TcAction.defaultProceedOn());
  }

  AttachSpec tcx(int priority) {
    return new AttachSpec.Tcx(hook(TestNetns.INTERFACE), Direction.INGRESS, priority);
  }

  static AttachSpec tracepoint() {
    return new AttachSpec.Tracepoint("syscalls", "sys_enter_getpgid");
  }

  /** A function that hardly anybody calls: the probe is on every process of the host. */
  static AttachSpec uprobe() {
    return new AttachSpec.Uprobe("libc", "gnu_get_libc_version", 0, null, null);
  }

  private NetworkHook hook(String device) {
    return new NetworkHook(device, netns.toString());
  }
}
