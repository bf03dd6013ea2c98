package io.bpfman.loader.daemon;

import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.loader.core.ReplaceSpec;
import io.bpfman.loader.core.ReplaceView;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.Direction;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A loader and an interface for versions of replace.bpf.c. */
final class ReplaceLab implements AutoCloseable {
  static final ProgramSpec XDP = new ProgramSpec("rep_xdp", ProgramType.XDP);
  static final ProgramSpec TC = new ProgramSpec("rep_tc", ProgramType.TC);
  static final ProgramSpec TCX = new ProgramSpec("rep_tc", ProgramType.TCX);
  static final ProgramSpec TRACEPOINT = new ProgramSpec("rep_tp", ProgramType.TRACEPOINT);
  static final ProgramSpec UPROBE = new ProgramSpec("rep_up", ProgramType.UPROBE);
  static final Map<String, String> TAGS = Map.of("app", "counter");

  private final Path directory;
  private final TestNetns netns = TestNetns.create();
  private final Map<String, Path> objects = new HashMap<>();
  private LoaderInstance loader;

  ReplaceLab(Path directory) {
    this.directory = directory;
    silence(netns.name());
    silence(netns.name() + "-peer");
    this.loader = LoaderInstance.open(runtimeDir());
  }

  /** Neighbour discovery sends packets that nobody asked for. */
  private static void silence(String namespace) {
    String setting = "net.ipv6.conf.all.disable_ipv6=1";
    Commands.run("ip", "netns", "exec", namespace, "sysctl", "-q", "-w", setting);
  }

  Path runtimeDir() {
    return directory.resolve("run");
  }

  TestNetns netns() {
    return netns;
  }

  LoaderCore core() {
    return loader.core();
  }

  /** As after the end of a daemon; answers what the start repaired. */
  List<String> restart() {
    loader.close();
    loader = LoaderInstance.open(runtimeDir());
    return loader.repairs();
  }

  /**
   * One version.
   *
   * @param variant macro to compile with; empty for none
   */
  LoadSpec version(int number, int verdict, String variant, ProgramSpec... programs) {
    Path object = objects.computeIfAbsent(variant, this::compile);
    return new LoadSpec(
        new Bytecode.File(object.toString()),
        List.of(programs),
        Map.of("version", word(number), "verdict", word(verdict)),
        TAGS,
        null);
  }

  private Path compile(String variant) {
    try (InputStream source = ReplaceLab.class.getResourceAsStream("/bpf/replace.bpf.c")) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      String macro = variant.isEmpty() ? "" : "#define " + variant + "\n";
      return BpfCompiler.compile(directory, "replace" + variant.toLowerCase(), macro + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bytes word(int value) {
    return Bytes.of(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array());
  }

  List<ProgramId> load(LoadSpec spec) {
    return core().programs().load(spec).stream().map(view -> view.record().id()).toList();
  }

  LinkRecord attach(ProgramId program, AttachSpec spec) {
    return core().links().attach(program, spec, Map.of("of", "test"));
  }

  ReplaceView replace(List<ProgramId> old, LoadSpec load) {
    return core().replacement().replace(new ReplaceSpec(old, Map.of(), load));
  }

  AttachSpec spec(ProgramSpec program) {
    return switch (program.type()) {
      case XDP -> new AttachSpec.Xdp(hook(), 50, XdpAction.defaultProceedOn());
      case TC -> new AttachSpec.Tc(hook(), Direction.INGRESS, 50, TcAction.defaultProceedOn());
      case TCX -> new AttachSpec.Tcx(hook(), Direction.INGRESS, 50);
      case TRACEPOINT -> CrashSetting.tracepoint();
      default -> new AttachSpec.Uprobe("libc", "getpgid", 0, null, null);
    };
  }

  private NetworkHook hook() {
    return new NetworkHook(TestNetns.INTERFACE, netns.path().toString());
  }

  List<LinkView> links() {
    return core().inventory().links(null, Map.of());
  }

  List<ProgramView> programs() {
    return core().inventory().programs(Map.of());
  }

  /** Runs that a version counted, in the map of a program. */
  long hits(ProgramId program, int version) {
    MapOperations maps = core().maps();
    Bytes value = maps.lookup(maps.map(program, "hits"), word(version)).values().getFirst();
    return ByteBuffer.wrap(value.toArray()).order(ByteOrder.nativeOrder()).getLong();
  }

  @Override
  public void close() {
    loader.close();
    Commands.tryRun("umount", runtimeDir().resolve("fs").toString());
    netns.close();
  }
}
