package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.Optional;
import jnr.ffi.Pointer;

/** Opens and makes pins and reads what the kernel says of links. */
final class Handles {
  private static final int LINK_INFO_BYTES = 64;

  /**
   * Start of struct bpf_link_info.
   *
   * @param type bpf_link_type
   * @param interfaceIndex meaningful for XDP and TCX links; 0 when the interface is gone
   */
  record LinkInfo(int type, long id, long programId, int interfaceIndex) {
    static final int XDP = 6;
    static final int TCX = 11;

    boolean hasInterface() {
      return type == XDP || type == TCX;
    }
  }

  private final Natives natives;

  Handles(Natives natives) {
    this.natives = natives;
  }

  Descriptor own(int number) {
    return new Descriptor(natives.c(), number);
  }

  /** Empty when nothing is pinned there. */
  Optional<Descriptor> openPin(Path pin) {
    int number = natives.bpf().bpf_obj_get(pin.toString());
    if (number >= 0) {
      return Optional.of(own(number));
    }
    if (number == -Errno.ENOENT || number == -Errno.ENOTDIR) {
      return Optional.empty();
    }
    throw KernelErrors.refused("open the pin " + pin, -number);
  }

  /** KERNEL_STATE_LOST when the pin is gone. */
  Descriptor openProgram(Path pin) {
    return openPin(pin)
        .orElseThrow(
            () ->
                FailureCode.KERNEL_STATE_LOST.because(
                    "the program's pin %s is gone".formatted(pin),
                    "unload the program and load it again"));
  }

  void pin(int descriptor, Path pin) {
    int result = natives.bpf().bpf_obj_pin(descriptor, pin.toString());
    if (result < 0) {
      throw KernelErrors.refused("pin at " + pin, -result);
    }
  }

  /**
   * Pins a new link and closes its descriptor; when pinning fails the kernel drops the link.
   * Answers its kernel id.
   */
  long keepLink(int descriptor, Path pin) {
    try (Descriptor link = own(descriptor)) {
      long id = linkInfo(link).id();
      pin(link.number(), pin);
      return id;
    }
  }

  LinkInfo linkInfo(Descriptor link) {
    try (Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(LINK_INFO_BYTES);
      readInfo(link.number(), info, LINK_INFO_BYTES);
      return new LinkInfo(
          info.getInt(0),
          Integer.toUnsignedLong(info.getInt(4)),
          Integer.toUnsignedLong(info.getInt(8)),
          info.getInt(16));
    }
  }

  /** BPF_OBJ_GET_INFO_BY_FD into {@code info}. */
  void readInfo(int descriptor, Pointer info, int bytes) {
    try (Scratch memory = natives.scratch()) {
      Pointer length = memory.zeroed(Integer.BYTES);
      length.putInt(0, bytes);
      int result = natives.bpf().bpf_obj_get_info_by_fd(descriptor, info, length);
      if (result < 0) {
        throw KernelErrors.refused("read what the kernel knows of a bpf object", -result);
      }
    }
  }
}
