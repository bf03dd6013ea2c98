package io.bpfman.model;

import java.util.Optional;

/**
 * Where programs on one interface run one after another. Links of the same hook point are ordered
 * among each other, and with none else.
 */
public sealed interface HookPoint permits ChainKey, TcxPoint {
  HookId hook();

  /** Empty for attach points that are no network hook. */
  static Optional<HookPoint> of(AttachSpec spec, HookId hook) {
    return spec instanceof AttachSpec.Tcx tcx
        ? Optional.of(new TcxPoint(hook, tcx.direction()))
        : ChainType.of(spec).map(type -> new ChainKey(type, hook));
  }
}
