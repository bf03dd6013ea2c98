package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.NetworkHooks.DispatcherPlan;
import io.bpfman.model.ChainType;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * One of the dispatchers that src/main/bpf/build.sh compiles. Slots that nothing sits in make a
 * packet's way longer, so a short chain gets a small one.
 */
record DispatcherObject(ChainType type, int slots) {
  /** As many as libxdp's dispatcher has. */
  private static final int FEW_SLOTS = 10;

  static DispatcherObject of(DispatcherPlan plan) {
    int slots = plan.proceed().size() <= FEW_SLOTS ? FEW_SLOTS : DispatcherPlan.MAX_MEMBERS;
    return new DispatcherObject(plan.type(), slots);
  }

  String file() {
    return "%s_dispatcher_%d.bpf.o".formatted(type == ChainType.XDP ? "xdp" : "tc", slots);
  }

  /** The ELF object. INTERNAL when this build lacks it. */
  byte[] content() {
    try (InputStream resource = DispatcherObject.class.getResourceAsStream("/bpf/" + file())) {
      if (resource == null) {
        throw FailureCode.INTERNAL.because(
            "the dispatcher %s is missing in this build".formatted(file()));
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw FailureCode.INTERNAL.because(
          "the dispatcher %s cannot be read".formatted(file()), "", e);
    }
  }
}
