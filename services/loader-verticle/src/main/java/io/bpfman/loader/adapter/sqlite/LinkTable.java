package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import io.bpfman.model.RequestBounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Links with their metadata. Callers hold the database's lock. */
final class LinkTable {
  private static final String COLUMNS =
      "program_id, stage, kernel_link_id, created_at, netns_id, ifindex, slot, running_program, "
          + ProbedColumns.NAMES
          + ", "
          + AttachColumns.NAMES;
  private static final int COLUMN_COUNT = COLUMNS.split(",", -1).length;
  private static final String MARKS = "?" + ", ?".repeat(COLUMN_COUNT - 1);
  private static final String INSERT =
      "INSERT INTO links (" + COLUMNS + ") VALUES (" + MARKS + ") RETURNING id";
  private static final String UPDATE =
      "UPDATE links SET (" + COLUMNS + ") = (" + MARKS + ") WHERE id = ?";

  /** The id is no column of an insert. */
  private static final LinkId UNNUMBERED = new LinkId(1);

  private final Database database;
  private final KeyValues metadata;

  LinkTable(Database database) {
    this.database = database;
    this.metadata = new KeyValues(database, "link_metadata", List.of("link_id", "key", "value"));
  }

  /** Adds a link as being attached and answers its id. */
  LinkId add(NewLink link) throws SQLException {
    Object[] values = columns(link.begun(UNNUMBERED)).toArray();
    long id = database.query(row -> row.getLong(1), INSERT, values).getFirst();
    metadata.add(id, link.metadata());
    return new LinkId(id);
  }

  void skipIds(LinkId last) throws SQLException {
    database.update("DELETE FROM sqlite_sequence WHERE name = 'links'");
    database.update("INSERT INTO sqlite_sequence (name, seq) VALUES ('links', ?)", last.value());
  }

  void update(LinkRecord link) throws SQLException {
    Object[] values = Stream.concat(columns(link), Stream.of(link.id().value())).toArray();
    if (database.update(UPDATE, values) == 0) {
      throw FailureCode.LINK_NOT_FOUND.because(
          "link %s is not in the store %s".formatted(link.id(), database.file()));
    }
    metadata.replace(link.id().value(), link.metadata());
  }

  private static Stream<@Nullable Object> columns(LinkRecord link) {
    Placement place = link.placement();
    Stream<@Nullable Object> columns =
        Stream.of(
            link.program().value(),
            link.stage().name(),
            link.kernelLinkId(),
            link.createdAt().toString(),
            place == null ? null : place.hook().netns(),
            place == null ? null : place.hook().interfaceIndex(),
            place == null ? null : place.slot(),
            place == null ? null : place.program());
    return Stream.of(
            columns,
            ProbedColumns.values(link.probed()),
            Stream.<@Nullable Object>of(AttachColumns.of(link.spec()).values()))
        .flatMap(part -> part);
  }

  void remove(LinkId id) throws SQLException {
    database.update("DELETE FROM links WHERE id = ?", id.value());
  }

  /** All links of a program are to be removed. */
  void leave(ProgramId program) throws SQLException {
    database.update(
        "UPDATE links SET stage = ? WHERE program_id = ?",
        LinkRecord.Stage.DETACHING.name(),
        program.value());
  }

  List<LinkRecord> all() throws SQLException {
    return find("> 0");
  }

  List<LinkRecord> byId(LinkId id) throws SQLException {
    return find("= ?", id.value());
  }

  List<LinkRecord> byProgram(ProgramId program) throws SQLException {
    return find("IN (SELECT id FROM links WHERE program_id = ?)", program.value());
  }

  List<LinkRecord> byHook(HookId hook) throws SQLException {
    return find(
        "IN (SELECT id FROM links WHERE ifindex = ? AND netns_id = ?)",
        hook.interfaceIndex(),
        hook.netns());
  }

  private List<LinkRecord> find(String condition, Object... values) throws SQLException {
    Map<Long, KeyValues.Pairs> pairs =
        metadata.find(RequestBounds.METADATA_BYTES, condition, values);
    return database.query(
        row -> {
          KeyValues.Pairs own = pairs.getOrDefault(row.getLong("id"), KeyValues.Pairs.NONE);
          return read(row, LeftOut.noted(own.map(), own.leftOut()));
        },
        "SELECT id, " + COLUMNS + " FROM links WHERE id " + condition + " ORDER BY id",
        values);
  }

  private static LinkRecord read(ResultSet row, Map<String, String> metadata) throws SQLException {
    return new LinkRecord(
        new LinkId(row.getLong("id")),
        new ProgramId(row.getLong("program_id")),
        AttachColumns.read(row),
        metadata,
        row.getLong("kernel_link_id"),
        LinkRecord.Stage.valueOf(row.getString("stage")),
        Instant.parse(row.getString("created_at")),
        placement(row),
        ProbedColumns.read(row));
  }

  private static @Nullable Placement placement(ResultSet row) throws SQLException {
    HookId hook = new HookId(row.getLong("netns_id"), row.getInt("ifindex"));
    return row.wasNull()
        ? null
        : new Placement(hook, row.getInt("slot"), row.getLong("running_program"));
  }
}
