package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Direction;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import java.util.Map;
import java.util.Optional;
import jnr.ffi.Pointer;

/** XDP and TCX links. */
final class NetworkAttach {
  private final Natives natives;
  private final Handles handles;
  private final ProgramInfos infos;
  private final NetnsThread netns;
  private final BpfSyscall syscall;

  NetworkAttach(Natives natives, Handles handles, ProgramInfos infos, NetnsThread netns) {
    this.natives = natives;
    this.handles = handles;
    this.infos = infos;
    this.netns = netns;
    this.syscall = new BpfSyscall(natives);
  }

  /** Native mode where the driver has it and the MTU fits, else generic. */
  Attachment xdp(AttachOrder order, AttachSpec.Xdp spec, Descriptor program) {
    return netns.inside(
        order.networkHook(),
        spec.hook(),
        () -> {
          int index = order.networkHook().interfaceIndex();
          int link = createXdp(program, index, 0);
          Optional<XdpRoom> room =
              link < 0 ? XdpRoom.of(spec.hook(), -link, natives) : Optional.empty();
          int made = room.isPresent() ? createXdp(program, index, XdpRoom.GENERIC_MODE) : link;
          if (made < 0) {
            int errno = -made;
            throw room.map(r -> r.refused(errno)).orElseGet(() -> xdpRefused(spec, index, errno));
          }
          return new Attachment(
              handles.keepLink(made, order.linkPin()), room.map(XdpRoom::notes).orElse(Map.of()));
        });
  }

  private int createXdp(Descriptor program, int index, int flags) {
    return syscall.createLink(
        new BpfSyscall.InterfaceLink(program.number(), index, AttachTypes.XDP, flags, 0));
  }

  private BpfmanException xdpRefused(AttachSpec.Xdp spec, int index, int errno) {
    return errno == Errno.EBUSY || errno == Errno.EEXIST
        ? FailureCode.HOOK_BUSY.because(
            "interface %s already has the XDP program %s, which this daemon did not attach"
                .formatted(spec.hook(), owner(index)),
            "take that one off first, for example with: bpftool net; or use TCX, which takes"
                + " several")
        : KernelErrors.refused("attach an XDP program to interface " + spec.hook(), errno);
  }

  private String owner(int index) {
    try (Scratch memory = natives.scratch()) {
      Pointer id = memory.zeroed(Integer.BYTES);
      int result = natives.bpf().bpf_xdp_query_id(index, 0, id);
      long program = Integer.toUnsignedLong(id.getInt(0));
      return result < 0 || program == 0
          ? "of an unknown owner"
          : infos.byId(program).map(NetworkAttach::describe).orElse("id " + program);
    }
  }

  static String describe(KernelProgram program) {
    return "\"%s\" (id %s)".formatted(program.name(), program.id());
  }

  /** Answers the kernel link id. */
  long tcx(AttachOrder order, AttachSpec.Tcx spec, Descriptor program) {
    return netns.inside(
        order.networkHook(),
        spec.hook(),
        () -> {
          int index = order.networkHook().interfaceIndex();
          int link = syscall.createLink(tcxLink(order.position(), spec, program, index));
          if (link < 0) {
            throw tcxRefused(order, spec, -link);
          }
          return handles.keepLink(link, order.linkPin());
        });
  }

  private static BpfSyscall.InterfaceLink tcxLink(
      TcxPosition position, AttachSpec.Tcx spec, Descriptor program, int index) {
    int type = attachType(spec.direction());
    int byLinkId = BpfSyscall.F_ID | BpfSyscall.F_LINK;
    return switch (position) {
      case TcxPosition.Before(long id) ->
          new BpfSyscall.InterfaceLink(
              program.number(), index, type, BpfSyscall.F_BEFORE | byLinkId, id);
      case TcxPosition.After(long id) ->
          new BpfSyscall.InterfaceLink(
              program.number(), index, type, BpfSyscall.F_AFTER | byLinkId, id);
      case TcxPosition.Last() -> new BpfSyscall.InterfaceLink(program.number(), index, type, 0, 0);
    };
  }

  static int attachType(Direction direction) {
    return direction == Direction.INGRESS ? AttachTypes.TCX_INGRESS : AttachTypes.TCX_EGRESS;
  }

  private static BpfmanException tcxRefused(AttachOrder order, AttachSpec.Tcx spec, int errno) {
    return switch (errno) {
      case Errno.EEXIST ->
          FailureCode.HOOK_BUSY.because(
              "program %s is already attached to %s by TCX"
                  .formatted(order.program().id(), spec.attachPoint()),
              "a program can be there once; detach it first, or load it again for a second copy");
      case Errno.EINVAL ->
          FailureCode.KERNEL_UNSUPPORTED.because(
              "this kernel refuses a TCX link on %s: %s"
                  .formatted(spec.attachPoint(), Errno.describe(errno)),
              "TCX needs Linux 6.6 or newer; use type tc on older kernels");
      case Errno.ENOENT ->
          FailureCode.KERNEL_STATE_LOST.because(
              "the TCX link next to which a new one was to go on %s is gone (%s)"
                  .formatted(spec.attachPoint(), order.position()),
              "try again");
      case Errno.ERANGE, Errno.ENOSPC ->
          FailureCode.HOOK_BUSY.because(
              "no more TCX programs fit on %s".formatted(spec.attachPoint()),
              "the kernel takes 64; detach one");
      default -> KernelErrors.refused("attach a TCX program to " + spec.attachPoint(), errno);
    };
  }
}
