package io.bpfman.contract.wire;

import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchedInterface;
import io.bpfman.proto.x.v1.WatchedLink;
import io.bpfman.proto.x.v1.WatchedProgram;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Events of a watch in words. */
public final class WatchTexts {
  private static final String PREFIX = "WATCH_KIND_";

  private WatchTexts() {}

  /** For example {@code link-lost}. */
  public static String word(WatchKind kind) {
    String name = kind.name();
    return (name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }

  /** One sentence without a full stop. */
  public static String sentence(WatchEvent event) {
    return switch (event.getSubjectCase()) {
      case INTERFACE -> ofInterface(event.getKind(), event.getInterface());
      case PROGRAM -> ofProgram(event.getKind(), event.getProgram());
      case LINK -> ofLink(event.getKind(), event.getLink());
      case OBJECT ->
          "an object is loaded as program "
              + event.getObject().getProgramIdsList().stream()
                  .map(Integer::toUnsignedString)
                  .collect(Collectors.joining(", "));
      case OVERFLOW ->
          "%d events were missed, because they were not read in time"
              .formatted(event.getOverflow().getMissed());
      case SUBJECT_NOT_SET -> ofNothing(event);
    };
  }

  private static String ofNothing(WatchEvent event) {
    return switch (event.getKind()) {
      case WATCH_KIND_WATCHING -> "watching";
      case WATCH_KIND_PINS_LOST ->
          "the bpf file system was unmounted and is mounted again; what was pinned there is gone"
              + " (`bpfman doctor`)";
      default ->
          "something that this version does not know (kind %d)".formatted(event.getKindValue());
    };
  }

  private static String ofInterface(WatchKind kind, WatchedInterface one) {
    String what =
        switch (kind) {
          case WATCH_KIND_INTERFACE_APPEARED -> one.getUp() ? "appeared, up" : "appeared, down";
          case WATCH_KIND_INTERFACE_UP -> "is up";
          case WATCH_KIND_INTERFACE_DOWN -> "is down";
          case WATCH_KIND_INTERFACE_GONE -> "is gone";
          case WATCH_KIND_INTERFACE_RENAMED -> "was %s before".formatted(one.getOldName());
          default -> "changed";
        };
    String place = one.getNetns().isEmpty() ? "" : " in " + one.getNetns();
    return "interface %s%s (index %d) %s".formatted(one.getName(), place, one.getIndex(), what);
  }

  private static String ofProgram(WatchKind kind, WatchedProgram program) {
    String what =
        switch (kind) {
          case WATCH_KIND_PROGRAM_LOADED -> "is loaded";
          case WATCH_KIND_PROGRAM_UNLOADED -> "is unloaded";
          case WATCH_KIND_PROGRAM_LOST -> "is lost: " + program.getReason();
          default -> "changed";
        };
    return "program %s (%s) %s"
        .formatted(Integer.toUnsignedString(program.getId()), program.getName(), what);
  }

  private static String ofLink(WatchKind kind, WatchedLink link) {
    String what =
        switch (kind) {
          case WATCH_KIND_LINK_ATTACHED -> "is attached";
          case WATCH_KIND_LINK_DETACHED -> "is detached";
          case WATCH_KIND_LINK_LOST -> "is lost: " + link.getReason();
          default -> "changed";
        };
    return "link %s of program %s on %s %s"
        .formatted(
            Integer.toUnsignedString(link.getId()),
            Integer.toUnsignedString(link.getProgramId()),
            link.getAttachPoint(),
            what);
  }

  /** What was given to Load or Attach; empty for events that are about neither. */
  public static Map<String, String> metadata(WatchEvent event) {
    return switch (event.getSubjectCase()) {
      case PROGRAM -> event.getProgram().getMetadataMap();
      case LINK -> event.getLink().getMetadataMap();
      case OBJECT -> event.getObject().getMetadataMap();
      case INTERFACE, OVERFLOW, SUBJECT_NOT_SET -> Map.of();
    };
  }
}
