package io.bpfman.loader.daemon;

import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.MapOperations;
import io.bpfman.loader.core.ReplaceSpec;
import io.bpfman.loader.core.ReplaceView;
import io.bpfman.loader.port.BpfMaps;
import io.bpfman.loader.port.MapEntry;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.ChainType;
import io.bpfman.model.Direction;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A loader and an interface for chains of the programs of chain.bpf.c. Closing checks nothing; it
 * removes the namespace and the mount.
 */
final class ChainLab implements AutoCloseable {
  private static final int TRACE_END = 127;
  private static final int PACKET_BYTES = 64;

  private final Path directory;
  private final Path object;
  private final TestNetns netns = TestNetns.create();
  private LoaderInstance loader;

  /**
   * @param object chain.bpf.c, compiled
   */
  ChainLab(Path directory, Path object) {
    this.directory = directory;
    this.object = object;
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

  Path pins() {
    return runtimeDir().resolve("fs");
  }

  TestNetns netns() {
    return netns;
  }

  LoaderCore core() {
    return loader.core();
  }

  /** As after the death of a daemon; answers what the start repaired. */
  List<String> restart() {
    loader.close();
    loader = LoaderInstance.open(runtimeDir());
    return loader.repairs();
  }

  void stop() {
    loader.close();
  }

  ProgramId load(ChainType type, int member, int verdict) {
    return load(core(), type, member, verdict);
  }

  /** With another loader on the same directory. */
  ProgramId load(LoaderCore core, ChainType type, int member, int verdict) {
    return type == ChainType.XDP
        ? load(core, new ProgramSpec("chain_xdp", ProgramType.XDP), member, verdict)
        : load(core, new ProgramSpec("chain_tc", ProgramType.TC), member, verdict);
  }

  ProgramId load(ProgramSpec program, int member, int verdict) {
    return load(core(), program, member, verdict);
  }

  private ProgramId load(LoaderCore core, ProgramSpec program, int member, int verdict) {
    return core.programs().load(version(program, member, verdict)).getFirst().record().id();
  }

  private LoadSpec version(ProgramSpec program, int member, int verdict) {
    return new LoadSpec(
        new Bytecode.File(object.toString()),
        List.of(program),
        Map.of("member", word(member), "verdict", word(verdict)),
        Map.of("member", Integer.toString(member)),
        null);
  }

  /** Puts the same function with another number in the place of a program. */
  ReplaceView replace(LoaderCore core, ProgramId old, ChainType type, int member, int verdict) {
    ProgramSpec program =
        type == ChainType.XDP
            ? new ProgramSpec("chain_xdp", ProgramType.XDP)
            : new ProgramSpec("chain_tc", ProgramType.TC);
    return core.replacement()
        .replace(new ReplaceSpec(List.of(old), Map.of(), version(program, member, verdict)));
  }

  private static Bytes word(int value) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
    return Bytes.of(bytes.putInt(value).array());
  }

  LinkRecord attach(ProgramId program, AttachSpec spec) {
    return core().links().attach(program, spec, Map.of("of", program.toString()));
  }

  AttachSpec spec(ChainType type, int priority) {
    return type == ChainType.XDP
        ? xdp(priority, XdpAction.defaultProceedOn())
        : tc(type, priority, TcAction.defaultProceedOn());
  }

  AttachSpec xdp(int priority, Set<XdpAction> proceedOn) {
    return new AttachSpec.Xdp(hook(), priority, proceedOn);
  }

  AttachSpec tc(ChainType type, int priority, Set<TcAction> proceedOn) {
    Direction direction = type == ChainType.TC_INGRESS ? Direction.INGRESS : Direction.EGRESS;
    return new AttachSpec.Tc(hook(), direction, priority, proceedOn);
  }

  NetworkHook hook() {
    return new NetworkHook(TestNetns.INTERFACE, netns.path().toString());
  }

  List<LinkView> links() {
    return core().inventory().links(null, Map.of());
  }

  /** Sends one packet through the dispatcher of the interface; answers its verdict. */
  int run(ChainType type) {
    Path packet = directory.resolve("packet");
    try {
      Files.write(packet, new byte[PACKET_BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String answer =
        Commands.run(
            "bpftool",
            "-j",
            "prog",
            "run",
            "pinned",
            dispatcher(type).toString(),
            "data_in",
            packet.toString(),
            "data_out",
            directory.resolve("out").toString());
    return new JsonObject(answer).getInteger("retval");
  }

  private Path dispatcher(ChainType type) {
    return pinned(type).stream()
        .filter(pin -> pin.endsWith("dispatcher"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no dispatcher is pinned: " + pinned(type)));
  }

  /** Everything that is pinned of dispatchers of a type. */
  Set<Path> pinned(ChainType type) {
    Path root = pins().resolve(type.wireName());
    if (!Files.exists(root)) {
      return Set.of();
    }
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(file -> !file.equals(root)).collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers of the members that ran since the last call, in their order. */
  List<Integer> trace() {
    MapOperations maps = core().maps();
    ProgramId any = core().inventory().programs(Map.of()).getFirst().record().id();
    List<MapEntry> entries = maps.page(maps.map(any, "trace"), null).entries();
    int length = number(entries.getLast().values().getFirst());
    maps.update(maps.map(any, "trace"), word(TRACE_END), List.of(word(0)), BpfMaps.UpdateMode.ANY);
    return entries.subList(0, length).stream()
        .map(entry -> number(entry.values().getFirst()))
        .toList();
  }

  private static int number(Bytes bytes) {
    return ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.nativeOrder()).getInt();
  }

  /** Runs that a program counted, in its own map. */
  int runs(ProgramId program) {
    MapOperations maps = core().maps();
    return number(
        maps.page(maps.map(program, "runs"), null).entries().getFirst().values().getFirst());
  }

  @Override
  public void close() {
    loader.close();
    Commands.tryRun("umount", pins().toString());
    netns.close();
  }
}
