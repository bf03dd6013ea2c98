package io.bpfman.operator.core;

import com.google.protobuf.ByteString;
import io.bpfman.api.manifest.ManifestReader;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.contract.sign.Digests;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.Failure;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.ProgramReport;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Applications and reports for tests. */
public final class Fixtures {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private Fixtures() {}

  /** Manifest of an XDP application. */
  public static String manifest(String name, String nodeSelector, int priority) {
    return """
    apiVersion: bpfman.io/v1alpha1
    kind: ClusterBpfApplication
    metadata:
      name: %s
    spec:
      nodeSelector: %s
      byteCode:
        path: /opt/x.o
      globalData:
        limit: [1, 0, 0, 0]
      programs:
        - name: count
          type: XDP
          xdp:
            links:
              - interfaceSelector:
                  interfaces: [eth0]
                priority: %d
    """
        .formatted(name, nodeSelector, priority);
  }

  /** Manifest of an application that only loads. */
  public static String namespaced(String namespace, String name) {
    return """
    apiVersion: bpfman.io/v1alpha1
    kind: BpfApplication
    metadata:
      namespace: %s
      name: %s
    spec:
      nodeSelector: {}
      byteCode:
        path: /opt/x.o
      programs:
        - {name: count, type: XDP, xdp: {}}
    """
        .formatted(namespace, name);
  }

  static ClusterBpfApplication application(String name, String nodeSelector) {
    ClusterBpfApplication application =
        ManifestReader.readText("test", manifest(name, nodeSelector, 50)).getFirst();
    application.getMetadata().setGeneration(1L);
    return application;
  }

  static ManagedApplication managed(String name, String nodeSelector) {
    return ManagedApplication.of(application(name, nodeSelector));
  }

  /** A full report of a node without desired state. */
  static NodeReport full(String node, ApplicationReport... applications) {
    List<ApplicationReport> all = List.of(applications);
    return heartbeat(node)
        .setFull(true)
        .addAllApplications(all)
        .setObservedDigest(ByteString.copyFrom(Digests.ofReports(all).toArray()))
        .build();
  }

  static NodeReport.Builder heartbeat(String node) {
    return NodeReport.newBuilder()
        .setNode(node)
        .putLabels("host", node)
        .setInstance("i")
        .setSequence(SEQUENCE.incrementAndGet());
  }

  static ApplicationReport loaded(String name, LinkState state) {
    LinkReport.Builder link =
        LinkReport.newBuilder()
            .setUuid("u-1")
            .setLinkId(state == LinkState.LINK_STATE_ATTACHED ? 7 : 0)
            .setState(state)
            .setAttach(
                AttachInfo.newBuilder()
                    .setXdpAttachInfo(
                        XDPAttachInfo.newBuilder()
                            .setIface("eth0")
                            .setPriority(50)
                            .addProceedOn(2)
                            .addProceedOn(31)));
    if (state == LinkState.LINK_STATE_ATTACH_ERROR) {
      link.setFailure(failure());
    }
    return ApplicationReport.newBuilder()
        .setKey("ClusterBpfApplication/" + name)
        .setGeneration(1)
        .setLoadState(LoadState.LOAD_STATE_LOADED)
        .addPrograms(
            ProgramReport.newBuilder()
                .setName("count")
                .setType("XDP")
                .setProgramId(-1)
                .addLinks(link))
        .build();
  }

  static Failure failure() {
    return Failure.newBuilder()
        .setCode(6)
        .setMessage("interface \"eth0\" does not exist")
        .setHint("existing: lo")
        .build();
  }
}
