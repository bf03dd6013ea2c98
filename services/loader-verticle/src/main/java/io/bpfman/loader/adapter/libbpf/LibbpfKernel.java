package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.BpfMaps;
import io.bpfman.loader.port.BpfStats;
import io.bpfman.loader.port.KernelFeature;
import io.bpfman.loader.port.KernelListener;
import io.bpfman.loader.port.KernelWatch;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.loader.port.ProbeTargets;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelLink;
import io.bpfman.model.KernelMap;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jnr.ffi.Pointer;

/** {@link BpfKernel} on libbpf.so.1, version 1.0 or newer. */
public final class LibbpfKernel implements BpfKernel {
  private static final int CLOCK_BOOTTIME = 7;

  private final Natives natives;
  private final Handles handles;
  private final ProgramInfos infos;
  private final ObjectLoader loader;
  private final NetworkAttach network;
  private final TcFilters filters;
  private final PerfAttach perf;
  private final TracingAttach tracing;
  private final LinkDetacher detacher;
  private final LinkObserver observer;
  private final ObjectInfos objects;
  private final LibbpfMaps maps;
  private final LibbpfStats stats;
  private final LibbpfNetworkHooks hooks;
  private final NetnsThread netns;
  private final BpffsMount bpffs;

  /**
   * Binds libbpf; START_REFUSED when it is missing or too old. The wall clock is read once, to turn
   * the kernel's times since boot into instants.
   */
  public LibbpfKernel(ProbeTargets targets) {
    this.natives = Natives.load();
    this.handles = new Handles(natives);
    this.infos = new ProgramInfos(natives, handles, bootTime(natives, InstantSource.system()));
    this.loader = new ObjectLoader(natives, handles, infos);
    this.netns = new NetnsThread(natives);
    this.bpffs = new BpffsMount(natives);
    this.network = new NetworkAttach(natives, handles, infos, netns);
    HookNames names = new HookNames(netns, new Interfaces(natives));
    this.filters = new TcFilters(natives, netns, names);
    this.perf = new PerfAttach(natives, handles, targets);
    this.tracing = new TracingAttach(natives.bpf(), handles);
    this.detacher = new LinkDetacher(natives, handles);
    this.observer = new LinkObserver(handles, filters, names, targets);
    this.objects = new ObjectInfos(natives, handles);
    this.maps = new LibbpfMaps(natives, handles);
    this.stats = new LibbpfStats(natives, handles, infos);
    this.hooks = new LibbpfNetworkHooks(natives, handles, infos, netns, filters);
  }

  private static Instant bootTime(Natives natives, InstantSource clock) {
    try (Scratch memory = natives.scratch()) {
      Pointer sinceBoot = memory.zeroed(2 * Long.BYTES);
      natives.c().clock_gettime(CLOCK_BOOTTIME, sinceBoot);
      return clock.instant().minusSeconds(sinceBoot.getLong(0)).minusNanos(sinceBoot.getLong(8));
    }
  }

  @Override
  public LoadedObject load(ObjectLoad request) {
    return loader.load(request);
  }

  @Override
  public Optional<KernelProgram> program(ProgramId id) {
    return infos.byId(id.value());
  }

  @Override
  public List<KernelProgram> programs() {
    return infos.all();
  }

  @Override
  public void pinProgram(ProgramId id, Path pin) {
    try (Descriptor program =
        infos
            .open(id.value())
            .orElseThrow(
                () ->
                    FailureCode.KERNEL_STATE_LOST.because(
                        "program %s cannot be pinned: it no longer lives".formatted(id)))) {
      handles.pin(program.number(), pin);
    }
  }

  @Override
  public Attachment attach(AttachOrder order) {
    try (Descriptor program = handles.openProgram(order.programPin())) {
      return switch (order.spec()) {
        case AttachSpec.Xdp xdp -> network.xdp(order, xdp, program);
        case AttachSpec.Tcx tcx -> new Attachment(network.tcx(order, tcx, program));
        case AttachSpec.Tc tc -> {
          filters.attach(order, tc, program);
          yield new Attachment(0);
        }
        case AttachSpec.Tracepoint tracepoint ->
            new Attachment(perf.tracepoint(order, tracepoint, program));
        case AttachSpec.Uprobe uprobe -> perf.uprobe(order, uprobe, program);
        case AttachSpec.Kprobe kprobe -> new Attachment(perf.kprobe(order, kprobe, program));
        case AttachSpec.Fentry _, AttachSpec.Fexit _, AttachSpec.Lsm _ ->
            new Attachment(tracing.attach(order, program));
      };
    }
  }

  @Override
  public void detach(LinkRecord link, Path linkPin) {
    if (link.spec() instanceof AttachSpec.Tc tc && !link.inChain()) {
      filters.detach(link, tc);
    } else {
      detacher.detach(linkPin);
    }
  }

  @Override
  public boolean awaitLinkGone(long kernelLinkId, Duration limit) {
    return detacher.awaitGone(kernelLinkId, limit);
  }

  @Override
  public Optional<ProgramId> programOfLink(Path linkPin) {
    return observer.program(linkPin);
  }

  @Override
  public Optional<KernelLink> link(Path linkPin) {
    return objects.link(linkPin);
  }

  @Override
  public Optional<KernelMap> map(long id) {
    return objects.map(id);
  }

  @Override
  public LinkHealth observe(LinkRecord link, Path linkPin) {
    return observer.observe(link, linkPin);
  }

  @Override
  public BpfMaps maps() {
    return maps;
  }

  @Override
  public NetworkHooks hooks() {
    return hooks;
  }

  @Override
  public BpfStats stats() {
    return stats;
  }

  @Override
  public KernelWatch watch(KernelListener listener, Duration tick) {
    return WatchThread.start(natives, netns, listener, tick);
  }

  @Override
  public List<KernelFeature> features() {
    return new FeatureProbe(natives).all();
  }

  @Override
  public boolean ensureBpffs(Path directory) {
    return bpffs.ensure(directory);
  }

  @Override
  public void unmountBpffs(Path directory) {
    bpffs.unmount(directory);
  }

  @Override
  public String libbpfVersion() {
    return natives.version();
  }
}
