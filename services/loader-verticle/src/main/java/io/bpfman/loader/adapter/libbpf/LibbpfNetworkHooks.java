package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.model.ChainType;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.NetworkHook;
import java.nio.file.Path;
import java.util.Optional;

/** {@link NetworkHooks} on XDP links and clsact filters. */
final class LibbpfNetworkHooks implements NetworkHooks {
  private final Natives natives;
  private final Handles handles;
  private final NetnsThread netns;
  private final Interfaces interfaces;
  private final TcFilters filters;
  private final DispatcherLoader dispatchers;
  private final SlotSeating seating;

  LibbpfNetworkHooks(
      Natives natives, Handles handles, ProgramInfos infos, NetnsThread netns, TcFilters filters) {
    this.natives = natives;
    this.handles = handles;
    this.netns = netns;
    this.interfaces = new Interfaces(natives);
    this.filters = filters;
    this.dispatchers = new DispatcherLoader(natives, handles, infos);
    this.seating = new SlotSeating(natives, handles, infos);
  }

  @Override
  public HookId identify(NetworkHook hook) {
    return netns.inside(hook.netns(), () -> new HookId(NetnsInode.own(), interfaces.index(hook)));
  }

  @Override
  public Optional<Occupant> occupant(Place place) {
    return place.key().type() == ChainType.XDP ? xdp(place.linkPin()) : filters.occupant(place);
  }

  private Optional<Occupant> xdp(Path pin) {
    Optional<Descriptor> opened = handles.openPin(pin);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor link = opened.get()) {
      Handles.LinkInfo info = handles.linkInfo(link);
      return info.type() == Handles.LinkInfo.XDP && info.interfaceIndex() != 0
          ? Optional.of(new Occupant(info.programId(), info.id()))
          : Optional.empty();
    }
  }

  @Override
  public void swap(Place place, Path programPin) {
    if (place.key().type() == ChainType.XDP) {
      update(place.linkPin(), programPin, "XDP link of interface " + place.where());
      return;
    }
    try (Descriptor program = handles.openProgram(programPin)) {
      filters.swap(place, program);
    }
  }

  @Override
  public void update(Path linkPin, Path programPin) {
    update(linkPin, programPin, "link");
  }

  private void update(Path linkPin, Path programPin, String what) {
    Optional<Descriptor> opened = handles.openPin(linkPin);
    if (opened.isEmpty()) {
      throw FailureCode.KERNEL_STATE_LOST.because(
          "the %s, pinned at %s, is gone".formatted(what, linkPin),
          "detach its programs and attach them again");
    }
    try (Descriptor link = opened.get();
        Descriptor program = handles.openProgram(programPin)) {
      int result = natives.bpf().bpf_link_update(link.number(), program.number(), null);
      if (result < 0) {
        throw KernelErrors.refused(
            "change what the %s, pinned at %s, runs".formatted(what, linkPin), -result);
      }
    }
  }

  @Override
  public void release(Place place) {
    if (place.key().type() == ChainType.XDP) {
      new LinkDetacher(natives, handles).detach(place.linkPin());
    } else {
      filters.release(place);
    }
  }

  @Override
  public long loadDispatcher(DispatcherPlan plan, Path pin) {
    return dispatchers.load(plan, pin);
  }

  @Override
  public Seated seat(SlotOrder order) {
    return seating.seat(order);
  }
}
