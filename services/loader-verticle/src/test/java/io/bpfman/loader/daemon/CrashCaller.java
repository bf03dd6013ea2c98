package io.bpfman.loader.daemon;

import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.TracepointAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import io.bpfman.testkit.TestNetns;
import java.nio.file.Path;

/**
 * One caller of a daemon: loads, attaches, detaches and unloads one kind of program in turn. XDP
 * and TC go to interfaces of this caller's own, because only one of each fits on a hook.
 */
final class CrashCaller {
  private static final int KINDS = 5;

  private final CrashSetting setting;
  private final int number;

  CrashCaller(CrashSetting setting, int number) {
    this.setting = setting;
    this.number = number;
  }

  /** Interface that this caller has for itself. */
  static String device(int number) {
    return "own" + number;
  }

  /** One load, attach, detach and unload; {@code turn} decides of what. */
  void turn(GrpcJavaClient client, int turn) {
    int kind = (number + turn) % KINDS;
    int program = load(client, kind);
    int link = client.attach(program, attach(kind));
    if (turn % 2 == 0) {
      client.detach(link);
    }
    client.unload(program);
  }

  private int load(GrpcJavaClient client, int kind) {
    Path object = kind == 0 && number % 2 == 0 ? setting.shared() : setting.object();
    LoadRequest request =
        GrpcJavaClient.request(object, function(kind, object), type(kind))
            .putMetadata("caller", Integer.toString(number))
            .build();
    return DaemonFixture.id(client.load(request));
  }

  private String function(int kind, Path object) {
    String prefix = object.equals(setting.shared()) ? "crash_shared_" : "crash_";
    return prefix
        + switch (kind) {
          case 0 -> "xdp";
          case 1, 2 -> "tc";
          case 3 -> "tp";
          default -> "up";
        };
  }

  private static BpfmanProgramType type(int kind) {
    return switch (kind) {
      case 0 -> BpfmanProgramType.XDP;
      case 1 -> BpfmanProgramType.TC;
      case 2 -> BpfmanProgramType.TCX;
      case 3 -> BpfmanProgramType.TRACEPOINT;
      default -> BpfmanProgramType.UPROBE;
    };
  }

  private AttachInfo.Builder attach(int kind) {
    String netns = setting.netns().toString();
    AttachInfo.Builder info = AttachInfo.newBuilder();
    return switch (kind) {
      case 0 ->
          info.setXdpAttachInfo(
              XDPAttachInfo.newBuilder().setIface(device(number)).setNetns(netns).setPriority(50));
      case 1 ->
          info.setTcAttachInfo(
              TCAttachInfo.newBuilder()
                  .setIface(device(number))
                  .setNetns(netns)
                  .setDirection("ingress")
                  .setPriority(50));
      case 2 ->
          info.setTcxAttachInfo(
              TCXAttachInfo.newBuilder()
                  .setIface(TestNetns.INTERFACE)
                  .setNetns(netns)
                  .setDirection("ingress")
                  .setPriority(number));
      case 3 ->
          info.setTracepointAttachInfo(
              TracepointAttachInfo.newBuilder().setTracepoint("syscalls/sys_enter_getpgid"));
      default ->
          info.setUprobeAttachInfo(
              UprobeAttachInfo.newBuilder().setTarget("libc").setFnName("gnu_get_libc_version"));
    };
  }
}
