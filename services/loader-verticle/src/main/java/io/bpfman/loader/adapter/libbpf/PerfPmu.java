package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A perf event source of the kernel (/sys/bus/event_source/devices).
 *
 * @param type for perf_event_attr.type
 * @param returnFlag bit of perf_event_attr.config that asks for a return probe
 */
record PerfPmu(int type, long returnFlag) {
  private static final Path DEVICES = Path.of("/sys/bus/event_source/devices");

  /** KERNEL_UNSUPPORTED without CONFIG_UPROBE_EVENTS. */
  static PerfPmu uprobe() {
    return read("uprobe", "CONFIG_UPROBE_EVENTS");
  }

  /** KERNEL_UNSUPPORTED without CONFIG_KPROBE_EVENTS. */
  static PerfPmu kprobe() {
    return read("kprobe", "CONFIG_KPROBE_EVENTS");
  }

  private static PerfPmu read(String name, String option) {
    Path device = DEVICES.resolve(name);
    if (!Files.exists(device)) {
      throw FailureCode.KERNEL_UNSUPPORTED.because(
          "this kernel has no %s events (%s is missing, %s)".formatted(name, device, option),
          "use a kernel that has them, or a tracepoint instead");
    }
    try {
      int type = Integer.parseInt(Files.readString(device.resolve("type")).strip());
      String format = Files.readString(device.resolve("format/retprobe")).strip();
      int bit = Integer.parseInt(format.substring(format.indexOf(':') + 1));
      return new PerfPmu(type, 1L << bit);
    } catch (IOException | NumberFormatException unreadable) {
      throw FailureCode.KERNEL_REFUSED.because(
          "the perf event source %s cannot be read".formatted(device), "mount /sys", unreadable);
    }
  }
}
