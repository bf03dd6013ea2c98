package io.bpfman.loader.daemon;

import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.TracepointAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A daemon, a client, a namespace and an object: what every test of the daemon needs. */
final class DaemonFixture implements AutoCloseable {
  final DaemonProcess daemon;

  /** Where links go. */
  final TestNetns netns;

  /** Where the daemon runs when it has a namespace of its own, else the same as {@link #netns}. */
  final TestNetns own;

  final Path object;
  private final GrpcJavaClient client;

  DaemonFixture(Path directory) throws Exception {
    this(directory, false);
  }

  private DaemonFixture(Path directory, boolean isolated) throws Exception {
    object = compile(directory);
    netns = TestNetns.create();
    own = isolated ? TestNetns.create() : netns;
    daemon = new DaemonProcess(directory);
    try {
      daemon.startBehind(isolated ? List.of("nsenter", "--net=" + own.path()) : List.of());
    } catch (IOException | RuntimeException e) {
      closeNamespaces();
      throw e;
    }
    client = new GrpcJavaClient(daemon.socket());
  }

  /** The daemon runs in a network namespace where nobody else makes interfaces. */
  static DaemonFixture inOwnNamespace(Path directory) throws Exception {
    return new DaemonFixture(directory, true);
  }

  private void closeNamespaces() {
    own.close();
    netns.close();
  }

  /** The object of every test of the daemon. */
  static Path compile(Path directory) throws IOException {
    Path source = directory.resolve("daemon.bpf.c");
    try (InputStream text =
        Objects.requireNonNull(DaemonFixture.class.getResourceAsStream("/bpf/daemon.bpf.c"))) {
      Files.copy(text, source);
    }
    return BpfCompiler.compile(source, directory.resolve("daemon.bpf.o"));
  }

  GrpcJavaClient client() {
    return client;
  }

  static int id(LoadResponse response) {
    return response.getPrograms(0).getKernelInfo().getId();
  }

  AttachInfo.Builder xdp() {
    return AttachInfo.newBuilder()
        .setXdpAttachInfo(
            XDPAttachInfo.newBuilder()
                .setIface(TestNetns.INTERFACE)
                .setNetns(netns.path().toString())
                .setPriority(50));
  }

  AttachInfo.Builder tc() {
    return AttachInfo.newBuilder()
        .setTcAttachInfo(
            TCAttachInfo.newBuilder()
                .setIface(TestNetns.INTERFACE)
                .setNetns(netns.path().toString())
                .setDirection("ingress")
                .setPriority(50));
  }

  AttachInfo.Builder tcx(int priority) {
    return AttachInfo.newBuilder()
        .setTcxAttachInfo(
            TCXAttachInfo.newBuilder()
                .setIface(TestNetns.INTERFACE)
                .setNetns(netns.path().toString())
                .setDirection("ingress")
                .setPriority(priority));
  }

  static AttachInfo.Builder tracepoint() {
    return AttachInfo.newBuilder()
        .setTracepointAttachInfo(
            TracepointAttachInfo.newBuilder().setTracepoint("syscalls/sys_enter_getpgid"));
  }

  static AttachInfo.Builder uprobe() {
    return AttachInfo.newBuilder()
        .setUprobeAttachInfo(UprobeAttachInfo.newBuilder().setTarget("libc").setFnName("malloc"));
  }

  @Override
  public void close() throws Exception {
    client.close();
    daemon.close();
    closeNamespaces();
  }
}
