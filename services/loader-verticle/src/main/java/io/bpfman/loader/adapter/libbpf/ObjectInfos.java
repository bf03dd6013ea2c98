package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.KernelLink;
import io.bpfman.model.KernelMap;
import java.nio.file.Path;
import java.util.Optional;
import jnr.ffi.Pointer;

/** Reads all that the kernel tells of a map or a link, for those who show it. */
final class ObjectInfos {
  /** struct bpf_map_info of linux/bpf.h up to map_extra (Linux 5.16). */
  private static final int MAP_BYTES = 88;

  /** struct bpf_link_info of linux/bpf.h up to the kprobe's missed runs (Linux 6.7). */
  private static final int LINK_BYTES = 64;

  private static final int TRACING = 2;
  private static final int XDP = 6;
  private static final int PERF_EVENT = 7;
  private static final int TCX = 11;

  /** BPF_PERF_EVENT_KPROBE and BPF_PERF_EVENT_KRETPROBE. */
  private static final int KPROBE = 3;

  private static final int KRETPROBE = 4;

  private final Natives natives;
  private final Handles handles;
  private final FdInfo fdInfo;

  ObjectInfos(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
    this.fdInfo = new FdInfo(natives, handles);
  }

  /** Empty when no map of that id lives. */
  Optional<KernelMap> map(long id) {
    int number = natives.bpf().bpf_map_get_fd_by_id((int) id);
    if (number == -Errno.ENOENT) {
      return Optional.empty();
    }
    if (number < 0) {
      throw KernelErrors.refused("open map " + id, -number);
    }
    try (Descriptor map = handles.own(number);
        Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(MAP_BYTES);
      handles.readInfo(map.number(), info, MAP_BYTES);
      return Optional.of(map(info, map.number()));
    }
  }

  private KernelMap map(Pointer info, int descriptor) {
    FdInfo.Fields fields = fdInfo.of(descriptor);
    return new KernelMap(
        Integer.toUnsignedLong(info.getInt(4)),
        InfoText.at(info, 24, 16),
        info.getInt(0),
        info.getInt(8),
        info.getInt(12),
        info.getInt(16),
        info.getInt(20),
        Integer.toUnsignedLong(info.getInt(64)),
        info.getLong(80),
        fields.number("memlock"),
        fields.number("frozen") == 1);
  }

  /** Empty when nothing is pinned there. */
  Optional<KernelLink> link(Path pin) {
    Optional<Descriptor> opened = handles.openPin(pin);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor link = opened.get();
        Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(LINK_BYTES);
      handles.readInfo(link.number(), info, LINK_BYTES);
      return Optional.of(link(info));
    }
  }

  /** Behind type, id and program a union follows, at byte 16. */
  private static KernelLink link(Pointer info) {
    int type = info.getInt(0);
    boolean tracing = type == TRACING;
    boolean kprobe =
        type == PERF_EVENT && (info.getInt(16) == KPROBE || info.getInt(16) == KRETPROBE);
    return new KernelLink(
        Integer.toUnsignedLong(info.getInt(4)),
        Integer.toUnsignedLong(info.getInt(8)),
        type,
        tracing ? info.getInt(16) : type == TCX ? info.getInt(20) : 0,
        type == XDP || type == TCX ? info.getInt(16) : 0,
        tracing ? Integer.toUnsignedLong(info.getInt(20)) : 0,
        tracing ? Integer.toUnsignedLong(info.getInt(24)) : 0,
        kprobe ? info.getLong(40) : 0,
        kprobe ? info.getLong(48) : 0);
  }
}
