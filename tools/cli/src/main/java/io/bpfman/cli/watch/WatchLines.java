package io.bpfman.cli.watch;

import com.google.protobuf.Timestamp;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Json;
import io.bpfman.contract.wire.WatchTexts;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchedInterface;
import io.bpfman.proto.x.v1.WatchedLink;
import io.bpfman.proto.x.v1.WatchedProgram;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;

/** An event as one line. */
final class WatchLines {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private WatchLines() {}

  static String text(WatchEvent event) {
    return "%s  %-18s  %s"
        .formatted(
            time(event.getAt()), WatchTexts.word(event.getKind()), WatchTexts.sentence(event));
  }

  private static String time(Timestamp at) {
    return MILLISECONDS.format(Instant.ofEpochSecond(at.getSeconds(), at.getNanos()));
  }

  static String json(WatchEvent event) {
    Fields fields =
        new Fields()
            .put("sequence", event.getSequence())
            .put("time", time(event.getAt()))
            .put("kind", WatchTexts.word(event.getKind()));
    switch (event.getSubjectCase()) {
      case INTERFACE -> fields.put("interface", ofInterface(event.getInterface()));
      case PROGRAM -> fields.put("program", ofProgram(event.getProgram()));
      case LINK -> fields.put("link", ofLink(event.getLink()));
      case OBJECT ->
          fields.put(
              "object",
              new Fields()
                  .put("metadata", event.getObject().getMetadataMap())
                  .put(
                      "program_ids",
                      event.getObject().getProgramIdsList().stream()
                          .map(Integer::toUnsignedLong)
                          .toList())
                  .map());
      case OVERFLOW -> fields.put("missed", event.getOverflow().getMissed());
      case SUBJECT_NOT_SET -> {}
    }
    return Json.line(fields.map());
  }

  private static Map<String, ?> ofInterface(WatchedInterface one) {
    Fields fields =
        new Fields()
            .put("name", one.getName())
            .put("index", Integer.toUnsignedLong(one.getIndex()));
    if (!one.getNetns().isEmpty()) {
      fields.put("netns", one.getNetns());
    }
    if (!one.getOldName().isEmpty()) {
      fields.put("old_name", one.getOldName());
    }
    return fields.put("up", one.getUp()).map();
  }

  private static Map<String, ?> ofProgram(WatchedProgram program) {
    return reason(
            new Fields()
                .put("id", Integer.toUnsignedLong(program.getId()))
                .put("name", program.getName())
                .put("metadata", program.getMetadataMap()),
            program.getReason())
        .map();
  }

  private static Map<String, ?> ofLink(WatchedLink link) {
    return reason(
            new Fields()
                .put("id", Integer.toUnsignedLong(link.getId()))
                .put("program_id", Integer.toUnsignedLong(link.getProgramId()))
                .put("attach_point", link.getAttachPoint())
                .put("metadata", link.getMetadataMap()),
            link.getReason())
        .map();
  }

  private static Fields reason(Fields fields, String reason) {
    return reason.isEmpty() ? fields : fields.put("reason", reason);
  }
}
