package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ByteCodeImage;
import io.bpfman.api.v1alpha1.ByteCodeSelector;
import io.bpfman.api.v1alpha1.InterfaceSelector;
import io.bpfman.api.v1alpha1.InterfacesDiscoveryConfig;
import io.bpfman.api.v1alpha1.KprobeLink;
import io.bpfman.api.v1alpha1.PullPolicy;
import io.bpfman.api.v1alpha1.TcLink;
import io.bpfman.api.v1alpha1.TcProceedOn;
import io.bpfman.api.v1alpha1.TcxLink;
import io.bpfman.api.v1alpha1.UprobeLink;
import io.bpfman.api.v1alpha1.UprobeProgram;
import io.bpfman.api.v1alpha1.XdpLink;
import io.bpfman.api.v1alpha1.XdpProceedOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills in what the API server would fill in from the schema, and the priority. Idempotent. */
public final class ApplicationDefaults {
  /** Priority of a link that has none; the last of the range. */
  public static final int PRIORITY = 1000;

  private ApplicationDefaults() {}

  /** Changes {@code spec} in place. */
  public static void fill(ApplicationSpec spec) {
    ByteCodeSelector byteCode = spec.getByteCode();
    ByteCodeImage image = byteCode == null ? null : byteCode.getImage();
    if (image != null && image.getImagePullPolicy() == null) {
      image.setImagePullPolicy(PullPolicy.IF_NOT_PRESENT);
    }
    spec.getPrograms().forEach(ApplicationDefaults::fill);
  }

  private static void fill(ApplicationProgram program) {
    if (program.getXdp() != null) {
      program.getXdp().getLinks().forEach(ApplicationDefaults::fill);
    }
    if (program.getTc() != null) {
      program.getTc().getLinks().forEach(ApplicationDefaults::fill);
    }
    if (program.getTcx() != null) {
      program.getTcx().getLinks().forEach(ApplicationDefaults::fill);
    }
    if (program.getKprobe() != null) {
      program.getKprobe().getLinks().forEach(ApplicationDefaults::fill);
    }
    fill(program.getUprobe());
    fill(program.getUretprobe());
  }

  private static void fill(XdpLink link) {
    fill(link.getInterfaceSelector());
    if (link.getPriority() == null) {
      link.setPriority(PRIORITY);
    }
    if (link.getProceedOn() == null) {
      link.setProceedOn(List.of(XdpProceedOn.PASS, XdpProceedOn.DISPATCHER_RETURN));
    }
  }

  private static void fill(TcLink link) {
    fill(link.getInterfaceSelector());
    if (link.getPriority() == null) {
      link.setPriority(PRIORITY);
    }
    if (link.getProceedOn() == null) {
      link.setProceedOn(List.of(TcProceedOn.PIPE, TcProceedOn.DISPATCHER_RETURN));
    }
  }

  private static void fill(TcxLink link) {
    fill(link.getInterfaceSelector());
    if (link.getPriority() == null) {
      link.setPriority(PRIORITY);
    }
  }

  private static void fill(KprobeLink link) {
    if (link.getOffset() == null) {
      link.setOffset(0L);
    }
  }

  private static void fill(@Nullable UprobeProgram program) {
    if (program == null) {
      return;
    }
    for (UprobeLink link : program.getLinks()) {
      if (link.getOffset() == null) {
        link.setOffset(0L);
      }
    }
  }

  private static void fill(@Nullable InterfaceSelector selector) {
    InterfacesDiscoveryConfig config =
        selector == null ? null : selector.getInterfacesDiscoveryConfig();
    if (config != null && config.getExcludeInterfaces() == null) {
      config.setExcludeInterfaces(List.of("lo"));
    }
  }
}
