package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.DispatcherView;
import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.DispatcherMember;
import io.bpfman.proto.x.v1.ListDispatchersResponse;
import java.util.List;

/** Writes dispatchers. */
final class DispatcherMessages {
  private DispatcherMessages() {}

  static ListDispatchersResponse list(List<DispatcherView> dispatchers) {
    return ListDispatchersResponse.newBuilder()
        .addAllDispatchers(dispatchers.stream().map(DispatcherMessages::dispatcher).toList())
        .build();
  }

  private static Dispatcher dispatcher(DispatcherView view) {
    return Dispatcher.newBuilder()
        .setType(view.type())
        .setNsid(view.nsid())
        .setIfindex(view.ifindex())
        .setInterfaceName(view.interfaceName())
        .setRevision(view.revision())
        .setProgramId((int) view.programId())
        .setKernelLinkId((int) view.kernelLinkId())
        .setPriority(view.priority())
        .setHandle((int) view.handle())
        .setNetns(view.netns())
        .addAllMembers(view.members().stream().map(DispatcherMessages::member).toList())
        .build();
  }

  private static DispatcherMember member(DispatcherView.Member member) {
    return DispatcherMember.newBuilder()
        .setPosition(member.position())
        .setLinkId((int) member.link().value())
        .setProgramId((int) member.program().value())
        .setPriority(member.priority())
        .addAllProceedOn(member.proceedOn())
        .build();
  }
}
