package io.bpfman.loader.adapter.grpc;

import com.google.protobuf.Timestamp;
import io.bpfman.loader.core.watch.EventQueue;
import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.InterfaceChange;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchOverflow;
import io.bpfman.proto.x.v1.WatchRequest;
import io.bpfman.proto.x.v1.WatchedInterface;
import io.bpfman.proto.x.v1.WatchedLink;
import io.bpfman.proto.x.v1.WatchedObject;
import io.bpfman.proto.x.v1.WatchedProgram;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Events as bpfman.x.v1 has them. */
final class WatchMessages {
  private static final String PREFIX = "WATCH_KIND_";

  private WatchMessages() {}

  /** Empty: all. INVALID_REQUEST for a kind that is not known here. */
  static Set<LoaderEvent.Kind> kinds(WatchRequest request) {
    Set<LoaderEvent.Kind> kinds = EnumSet.noneOf(LoaderEvent.Kind.class);
    for (int i = 0; i < request.getKindsCount(); i++) {
      WatchKind kind = request.getKinds(i);
      if (kind == WatchKind.UNRECOGNIZED || kind == WatchKind.WATCH_KIND_UNSPECIFIED) {
        throw FailureCode.INVALID_REQUEST.because(
            "kind %d of event is not known here".formatted(request.getKindsValue(i)),
            "ask for those that WatchKind of this daemon's version has");
      }
      kinds.add(LoaderEvent.Kind.valueOf(kind.name().substring(PREFIX.length())));
    }
    return kinds;
  }

  static WatchEvent event(EventQueue.Entry entry) {
    WatchEvent.Builder event =
        WatchEvent.newBuilder()
            .setSequence(entry.sequence())
            .setAt(timestamp(entry.at()))
            .setKind(WatchKind.valueOf(PREFIX + entry.event().kind().name()));
    switch (entry.event()) {
      case LoaderEvent.Watching _, LoaderEvent.PinsLost _ -> {}
      case LoaderEvent.Overflow overflow ->
          event.setOverflow(WatchOverflow.newBuilder().setMissed(overflow.missed()));
      case LoaderEvent.Interface one -> event.setInterface(network(one.change()));
      case LoaderEvent.ObjectLoaded object -> event.setObject(object(object));
      case LoaderEvent.ProgramLoaded loaded -> event.setProgram(program(loaded.program(), ""));
      case LoaderEvent.ProgramUnloaded unloaded ->
          event.setProgram(program(unloaded.program(), ""));
      case LoaderEvent.ProgramLost lost -> event.setProgram(program(lost.program(), lost.reason()));
      case LoaderEvent.LinkAttached attached -> event.setLink(link(attached.link(), ""));
      case LoaderEvent.LinkDetached detached -> event.setLink(link(detached.link(), ""));
      case LoaderEvent.LinkLost lost -> event.setLink(link(lost.link(), lost.reason()));
    }
    return event.build();
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static WatchedInterface network(InterfaceChange change) {
    return WatchedInterface.newBuilder()
        .setName(change.name())
        .setIndex(change.index())
        .setNetns(Objects.requireNonNullElse(change.netns(), ""))
        .setUp(change.up())
        .setOldName(change.oldName())
        .build();
  }

  private static WatchedObject object(LoaderEvent.ObjectLoaded object) {
    WatchedObject.Builder message = WatchedObject.newBuilder().putAllMetadata(object.metadata());
    object.programs().stream().map(WatchMessages::id).forEach(message::addProgramIds);
    return message.build();
  }

  private static int id(ProgramId program) {
    return (int) program.value();
  }

  private static WatchedProgram program(ProgramRecord program, String reason) {
    return WatchedProgram.newBuilder()
        .setId(id(program.id()))
        .setName(program.spec().name())
        .putAllMetadata(program.metadata())
        .setReason(reason)
        .build();
  }

  private static WatchedLink link(LinkRecord link, String reason) {
    return WatchedLink.newBuilder()
        .setId((int) link.id().value())
        .setProgramId(id(link.program()))
        .setAttachPoint(link.spec().attachPoint())
        .putAllMetadata(link.metadata())
        .setReason(reason)
        .build();
  }
}
