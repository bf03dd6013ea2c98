package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.BpfStats;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import jnr.ffi.Pointer;

/** Reads struct bpf_prog_info (linux/bpf.h; the first 232 bytes, known since Linux 5.17). */
final class ProgramInfos {
  private static final int INFO_BYTES = 232;
  private static final int LOAD_TIME = 40;
  private static final int USUAL_MAPS = 64;

  private final Natives natives;
  private final Handles handles;
  private final FdInfo fdInfo;
  private final Instant boot;
  private final KnownMemlocks memlocks = new KnownMemlocks();

  /**
   * @param boot when the kernel's boot clock was 0
   */
  ProgramInfos(Natives natives, Handles handles, Instant boot) {
    this.natives = natives;
    this.handles = handles;
    this.fdInfo = new FdInfo(natives, handles);
    this.boot = boot;
  }

  Optional<KernelProgram> byId(long id) {
    Optional<Descriptor> opened = open(id);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor program = opened.get()) {
      return Optional.of(of(program.number()));
    }
  }

  /** Empty when no program of that id lives. */
  Optional<Descriptor> open(long id) {
    int number = natives.bpf().bpf_prog_get_fd_by_id((int) id);
    if (number == -Errno.ENOENT) {
      return Optional.empty();
    }
    if (number < 0) {
      throw KernelErrors.refused("open program " + id, -number);
    }
    return Optional.of(handles.own(number));
  }

  List<KernelProgram> all() {
    return each(this::byId);
  }

  /** Run counters of every program, by ascending id. */
  List<BpfStats.Program> counters() {
    return each(this::counters);
  }

  private Optional<BpfStats.Program> counters(long id) {
    Optional<Descriptor> opened = open(id);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Descriptor program = opened.get();
        Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(INFO_BYTES);
      handles.readInfo(program.number(), info, INFO_BYTES);
      return Optional.of(
          new BpfStats.Program(
              id,
              InfoText.at(info, 64, 16),
              info.getInt(0),
              info.getLong(200),
              info.getLong(192),
              fdInfo.of(program.number()).number("memlock")));
    }
  }

  private <T> List<T> each(LongFunction<Optional<T>> reader) {
    List<T> programs = new ArrayList<>();
    try (Scratch memory = natives.scratch()) {
      Pointer next = memory.zeroed(Integer.BYTES);
      int id = 0;
      int result = natives.bpf().bpf_prog_get_next_id(id, next);
      while (result >= 0) {
        id = next.getInt(0);
        reader.apply(Integer.toUnsignedLong(id)).ifPresent(programs::add);
        result = natives.bpf().bpf_prog_get_next_id(id, next);
      }
      if (result != -Errno.ENOENT) {
        throw KernelErrors.refused("list programs", -result);
      }
    }
    return List.copyOf(programs);
  }

  KernelProgram of(int descriptor) {
    return read(descriptor, USUAL_MAPS);
  }

  private KernelProgram read(int descriptor, int mapRoom) {
    try (Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(INFO_BYTES);
      Pointer maps = memory.zeroed((long) mapRoom * Integer.BYTES);
      info.putInt(52, mapRoom);
      info.putLong(56, maps.address());
      handles.readInfo(descriptor, info, INFO_BYTES);
      int count = info.getInt(52);
      return count > mapRoom
          ? read(descriptor, count)
          : program(info, mapIds(maps, count), memlock(descriptor, info));
    }
  }

  private KernelProgram program(Pointer info, List<Long> mapIds, long memlock) {
    return new KernelProgram(
        new ProgramId(unsigned(info, 4)),
        InfoText.at(info, 64, 16),
        info.getInt(0),
        boot.plusNanos(info.getLong(LOAD_TIME)),
        HexFormat.of().formatHex(bytes(info, 8, 8)),
        (info.getInt(84) & 1) == 1,
        mapIds,
        unsigned(info, 128),
        unsigned(info, 20),
        unsigned(info, 16),
        memlock,
        unsigned(info, 216),
        unsigned(info, 48),
        new KernelProgram.Runs(info.getLong(192), info.getLong(200), info.getLong(208)));
  }

  private static List<Long> mapIds(Pointer maps, int count) {
    List<Long> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(unsigned(maps, (long) i * Integer.BYTES));
    }
    return ids;
  }

  private long memlock(int descriptor, Pointer info) {
    return memlocks.of(
        unsigned(info, 4), info.getLong(LOAD_TIME), () -> fdInfo.of(descriptor).number("memlock"));
  }

  private static long unsigned(Pointer memory, long offset) {
    return Integer.toUnsignedLong(memory.getInt(offset));
  }

  private static byte[] bytes(Pointer memory, long offset, int count) {
    byte[] content = new byte[count];
    memory.get(offset, content, 0, count);
    return content;
  }
}
