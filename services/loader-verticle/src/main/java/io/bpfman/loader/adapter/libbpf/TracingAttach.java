package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.model.FailureCode;

/**
 * Links of fentry, fexit and LSM programs, whose target was fixed at load. Needs a kernel that
 * loads such programs.
 */
final class TracingAttach {
  private final LibBpf bpf;
  private final Handles handles;

  TracingAttach(LibBpf bpf, Handles handles) {
    this.bpf = bpf;
    this.handles = handles;
  }

  /** Answers the kernel link id. HOOK_BUSY when the program is attached already. */
  long attach(AttachOrder order, Descriptor program) {
    int type = AttachTypes.ofTracing(order.program().spec().type());
    int link = bpf.bpf_link_create(program.number(), 0, type, null);
    if (link == -Errno.EBUSY) {
      throw FailureCode.HOOK_BUSY.because(
          "program %s is already attached to %s"
              .formatted(order.program().id(), order.program().spec().loadTarget()),
          "detach it first");
    }
    if (link < 0) {
      throw KernelErrors.refused(
          "attach program %s to %s"
              .formatted(order.program().id(), order.program().spec().loadTarget()),
          -link);
    }
    return handles.keepLink(link, order.linkPin());
  }
}
