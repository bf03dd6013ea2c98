package io.bpfman.agent.core;

import io.bpfman.model.AttachSpec;
import org.jspecify.annotations.Nullable;

/** Which links exclude one another, so that the old one must go before the new one can come. */
final class HookSlot {
  private HookSlot() {}

  /**
   * Equal slots hold one link at a time: one XDP program on an interface, one TC program and
   * direction, one link of the same TCX program and direction. Null: any number.
   */
  static @Nullable String of(ProgramRef program, AttachSpec spec) {
    return switch (spec) {
      case AttachSpec.Xdp xdp -> "xdp " + xdp.attachPoint();
      case AttachSpec.Tc tc -> "tc " + tc.attachPoint();
      case AttachSpec.Tcx tcx ->
          "tcx %s %d %s".formatted(program.name(), program.id(), tcx.attachPoint());
      default -> null;
    };
  }

  static boolean clash(ProgramRef program, AttachSpec wanted, ProgramRef holder, ObservedLink old) {
    if (old.spec() == null) {
      return true;
    }
    AttachSpec held = old.moved() == null ? old.spec() : old.moved().spec();
    String slot = of(program, wanted);
    return slot != null && held != null && slot.equals(of(holder, held));
  }
}
