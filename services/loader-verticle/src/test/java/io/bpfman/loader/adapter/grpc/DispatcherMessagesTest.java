package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.loader.core.DispatcherView;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import io.bpfman.proto.x.v1.Dispatcher;
import io.bpfman.proto.x.v1.DispatcherMember;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherMessagesTest {
  @Test
  void everyFieldArrives() {
    DispatcherView.Member member =
        new DispatcherView.Member(
            1, new LinkId(8), new ProgramId(4_000_000_000L), 50, List.of("pass", "drop"));
    DispatcherView view =
        new DispatcherView(
            "tc-egress",
            4026531840L,
            3,
            "eth0",
            7,
            4_100_000_000L,
            9,
            50,
            0x90000001L,
            "/run/netns/blue",
            List.of(member));

    Dispatcher sent = DispatcherMessages.list(List.of(view)).getDispatchers(0);

    assertEquals(
        Dispatcher.newBuilder()
            .setType("tc-egress")
            .setNsid(4026531840L)
            .setIfindex(3)
            .setInterfaceName("eth0")
            .setRevision(7)
            .setProgramId((int) 4_100_000_000L)
            .setKernelLinkId(9)
            .setPriority(50)
            .setHandle((int) 0x90000001L)
            .setNetns("/run/netns/blue")
            .addMembers(
                DispatcherMember.newBuilder()
                    .setPosition(1)
                    .setLinkId(8)
                    .setProgramId((int) 4_000_000_000L)
                    .setPriority(50)
                    .addProceedOn("pass")
                    .addProceedOn("drop"))
            .build(),
        sent);
  }
}
