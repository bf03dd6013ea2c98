package io.bpfman.loader.adapter.grpc;

import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.loader.core.Inventory;
import io.bpfman.loader.core.LinkView;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.KernelLink;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkId;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.proto.x.v1.ListLinksResponse;
import java.util.List;
import java.util.Objects;

/** Links as protocol messages. */
final class LinkMessages {
  private final Inventory inventory;

  LinkMessages(Inventory inventory) {
    this.inventory = inventory;
  }

  ListLinksResponse list(ListLinksRequest request) {
    ListLinksResponse.Builder response = ListLinksResponse.newBuilder();
    for (LinkView view : wanted(request)) {
      Link.Builder link = link(view);
      if (request.getWithKernel()) {
        inventory.kernelLink(view).ifPresent(kernel -> link.setKernel(kernel(kernel)));
      }
      response.addLinks(link);
    }
    return response.build();
  }

  private List<LinkView> wanted(ListLinksRequest request) {
    if (request.getLinkId() != 0) {
      LinkId id = new LinkId(Integer.toUnsignedLong(request.getLinkId()));
      return inventory.link(id).stream().toList();
    }
    long program = Integer.toUnsignedLong(request.getProgramId());
    return inventory.links(
        program == 0 ? null : new ProgramId(program), request.getMatchMetadataMap());
  }

  private static Link.Builder link(LinkView view) {
    boolean linkless = view.record().kernelLinkId() == 0;
    Link.Builder link =
        Link.newBuilder()
            .setId((int) view.record().id().value())
            .setProgramId((int) view.record().program().value())
            .setAttach(attach(view))
            .setKernelLinkId((int) view.record().kernelLinkId())
            .setHealth(health(view.health()))
            .setReason(reason(view.health()))
            .setPinPath(linkless ? "" : view.pin().toString())
            .setCreatedAt(ProgramMessages.timestamp(view.record().createdAt()))
            .setInterfaceNow(interfaceNow(view.health()))
            .setKind(view.kind());
    place(link, view);
    return link;
  }

  private static String interfaceNow(LinkHealth health) {
    return health instanceof LinkHealth.Outdated(String _, String now) && now != null ? now : "";
  }

  private static void place(Link.Builder link, LinkView view) {
    ProgramSpec program = view.program();
    if (program != null) {
      link.setAttachFunc(Objects.requireNonNullElse(program.loadTarget(), ""));
    }
    Placement placement = view.record().placement();
    if (placement != null) {
      link.setNsid(placement.hook().netns()).setIfindex(placement.hook().interfaceIndex());
    }
    DispatcherRecord dispatcher = view.dispatcher();
    if (dispatcher != null) {
      link.setDispatcherId((int) dispatcher.program()).setDispatcherRevision(dispatcher.revision());
    }
  }

  private static io.bpfman.proto.x.v1.KernelLink kernel(KernelLink link) {
    return io.bpfman.proto.x.v1.KernelLink.newBuilder()
        .setId((int) link.id())
        .setProgramId((int) link.program())
        .setType(link.type())
        .setAttachType(link.attachType())
        .setIfindex(link.interfaceIndex())
        .setTargetObjId((int) link.targetObject())
        .setTargetBtfId((int) link.targetBtf())
        .setKprobeAddress(link.kprobeAddress())
        .setKprobeMissed(link.kprobeMissed())
        .build();
  }

  private static AttachInfo attach(LinkView view) {
    return AttachInfos.at(
        view.position(), AttachInfos.toProto(view.record().spec(), view.record().metadata()));
  }

  private static io.bpfman.proto.x.v1.LinkHealth health(LinkHealth health) {
    return switch (health) {
      case LinkHealth.Attached ignored -> io.bpfman.proto.x.v1.LinkHealth.LINK_HEALTH_ATTACHED;
      case LinkHealth.PinMissing ignored -> io.bpfman.proto.x.v1.LinkHealth.LINK_HEALTH_PIN_MISSING;
      case LinkHealth.Detached ignored -> io.bpfman.proto.x.v1.LinkHealth.LINK_HEALTH_DETACHED;
      case LinkHealth.Outdated ignored -> io.bpfman.proto.x.v1.LinkHealth.LINK_HEALTH_OUTDATED;
    };
  }

  private static String reason(LinkHealth health) {
    return switch (health) {
      case LinkHealth.Attached ignored -> "";
      case LinkHealth.PinMissing missing -> missing.reason();
      case LinkHealth.Detached detached -> detached.reason();
      case LinkHealth.Outdated outdated -> outdated.reason();
    };
  }
}
