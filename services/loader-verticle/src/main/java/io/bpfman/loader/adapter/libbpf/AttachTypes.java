package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.ProgramType;

/** Values of enum bpf_attach_type (linux/bpf.h). */
final class AttachTypes {
  static final int TRACE_FENTRY = 24;
  static final int TRACE_FEXIT = 25;
  static final int LSM_MAC = 27;
  static final int XDP = 37;
  static final int PERF_EVENT = 41;

  /** Since Linux 6.6. */
  static final int TCX_INGRESS = 46;

  /** Since Linux 6.6. */
  static final int TCX_EGRESS = 47;

  private AttachTypes() {}

  /** For types whose target is fixed at load. */
  static int ofTracing(ProgramType type) {
    return switch (type) {
      case FENTRY -> TRACE_FENTRY;
      case FEXIT -> TRACE_FEXIT;
      case LSM -> LSM_MAC;
      default -> throw new IllegalArgumentException(type + " has no target at load");
    };
  }
}
