package io.bpfman.agent;

import com.google.protobuf.ByteString;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.InterfaceSelector;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.NetworkLink;
import io.bpfman.proto.bus.v1.Program;
import io.bpfman.proto.bus.v1.TracepointLink;
import io.bpfman.proto.bus.v1.UprobeLink;
import io.bpfman.proto.v1.BytecodeLocation;
import java.util.List;

/** Short words for applications. */
final class Apps {
  static final String KEY = "ClusterBpfApplication/counter";

  private Apps() {}

  static Application app(Program... programs) {
    return named("counter", programs);
  }

  static Application named(String name, Program... programs) {
    return keyed("ClusterBpfApplication/" + name, programs);
  }

  static Application keyed(String key, Program... programs) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return Application.newBuilder()
        .setKey(key)
        .setGeneration(1)
        .setBytecode(BytecodeLocation.newBuilder().setFile("/none/" + name + ".o"))
        .addAllPrograms(List.of(programs))
        .build();
  }

  static Application global(Application app, int value) {
    return app.toBuilder()
        .putGlobalData("limit", ByteString.copyFrom(new byte[] {(byte) value}))
        .build();
  }

  static Program program(String name, String type, LinkSpec... links) {
    return Program.newBuilder().setName(name).setType(type).addAllLinks(List.of(links)).build();
  }

  static LinkSpec net(String iface, String direction, int priority) {
    return LinkSpec.newBuilder()
        .setNetwork(
            NetworkLink.newBuilder()
                .setInterfaces(InterfaceSelector.newBuilder().addNames(iface))
                .setDirection(direction)
                .setPriority(priority))
        .build();
  }

  static Program xdp(String iface) {
    return program("x", "XDP", net(iface, "", 50));
  }

  static Program tc(int priority) {
    return program("t", "TC", net("eth0", "ingress", priority));
  }

  static Program tcx(int priority) {
    return program("n", "TCX", net("eth0", "ingress", priority));
  }

  static Program trace(String... points) {
    return program(
        "p",
        "TracePoint",
        List.of(points).stream()
            .map(
                point ->
                    LinkSpec.newBuilder()
                        .setTracepoint(TracepointLink.newBuilder().setName(point))
                        .build())
            .toArray(LinkSpec[]::new));
  }

  static Program uprobe(String function) {
    return program(
        "u",
        "UProbe",
        LinkSpec.newBuilder()
            .setUprobe(UprobeLink.newBuilder().setTarget("/bin/sh").setFunction(function))
            .build());
  }
}
