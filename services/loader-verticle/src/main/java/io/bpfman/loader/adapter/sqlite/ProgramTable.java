package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.RequestBounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Programs with their metadata and global data. Callers hold the database's lock. */
final class ProgramTable {
  /** Metadata pairs in one search; each is a join. */
  static final int MAX_FILTERS = 32;

  /** Global data are stored as hexadecimal digits. */
  private static final int HEX_BYTES = 2 * RequestBounds.GLOBAL_DATA_BYTES;

  private static final String COLUMNS =
      "id, name, type, load_target, file_path, image_url, image_pull_policy, image_username,"
          + " kernel_tag, map_set, map_owner, created_at, source, license";
  private static final String INSERT =
      "INSERT INTO programs (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final Database database;
  private final KeyValues metadata;
  private final KeyValues globals;

  ProgramTable(Database database) {
    this.database = database;
    this.metadata =
        new KeyValues(database, "program_metadata", List.of("program_id", "key", "value"));
    this.globals =
        new KeyValues(database, "program_global_data", List.of("program_id", "name", "hex"));
  }

  void add(ProgramRecord program) throws SQLException {
    ProgramSpec spec = program.spec();
    Bytecode bytecode = program.bytecode();
    Bytecode.Image image = bytecode instanceof Bytecode.Image pulled ? pulled : null;
    ProgramId owner = program.mapOwner();
    database.update(
        INSERT,
        program.id().value(),
        spec.name(),
        spec.type().name(),
        spec.loadTarget(),
        bytecode instanceof Bytecode.File(String path) ? path : null,
        image == null ? null : image.url(),
        image == null ? null : image.pullPolicy().name(),
        image == null ? null : image.username(),
        program.kernelTag(),
        program.mapSet().value(),
        owner == null ? null : owner.value(),
        program.createdAt().toString(),
        program.source(),
        program.license());
    metadata.add(program.id().value(), program.metadata());
    globals.add(program.id().value(), hex(program.globalData()));
  }

  void remove(ProgramId id) throws SQLException {
    database.update("DELETE FROM programs WHERE id = ?", id.value());
  }

  void leave(ProgramId id) throws SQLException {
    database.update(
        "INSERT OR IGNORE INTO unloads (program_id) SELECT id FROM programs WHERE id = ?",
        id.value());
  }

  /** Ids of programs whose unloading began. */
  List<ProgramId> leaving() throws SQLException {
    return database.query(
        row -> new ProgramId(row.getLong(1)), "SELECT program_id FROM unloads ORDER BY program_id");
  }

  void beginReplace(ProgramId id) throws SQLException {
    database.update(
        "INSERT OR IGNORE INTO replacements (program_id) SELECT id FROM programs WHERE id = ?",
        id.value());
  }

  void endReplace(ProgramId id) throws SQLException {
    database.update("DELETE FROM replacements WHERE program_id = ?", id.value());
  }

  /** Ids of programs that are being replaced. */
  List<ProgramId> replacing() throws SQLException {
    return database.query(
        row -> new ProgramId(row.getLong(1)),
        "SELECT program_id FROM replacements ORDER BY program_id");
  }

  List<ProgramRecord> byId(ProgramId id) throws SQLException {
    return find("= ?", id.value());
  }

  List<ProgramRecord> byMetadata(Map<String, String> wanted) throws SQLException {
    if (wanted.size() > MAX_FILTERS) {
      throw FailureCode.INVALID_REQUEST.because(
          "%d metadata pairs to match; the limit is %d".formatted(wanted.size(), MAX_FILTERS),
          "ask for fewer and filter the answer");
    }
    if (wanted.isEmpty()) {
      return find("> 0");
    }
    List<String> searches = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    wanted.forEach(
        (key, value) -> {
          searches.add("SELECT program_id FROM program_metadata WHERE key = ? AND value = ?");
          values.add(key);
          values.add(value);
        });
    return find("IN (" + String.join(" INTERSECT ", searches) + ")", values.toArray());
  }

  List<ProgramId> mapSetUsers(ProgramId mapSet) throws SQLException {
    return database.query(
        row -> new ProgramId(row.getLong(1)),
        "SELECT id FROM programs WHERE map_set = ? ORDER BY id",
        mapSet.value());
  }

  private List<ProgramRecord> find(String condition, Object... values) throws SQLException {
    Map<Long, KeyValues.Pairs> pairs =
        metadata.find(RequestBounds.METADATA_BYTES, condition, values);
    Map<Long, KeyValues.Pairs> data = globals.find(HEX_BYTES, condition, values);
    return database.query(
        row -> {
          long id = row.getLong("id");
          KeyValues.Pairs globals = data.getOrDefault(id, KeyValues.Pairs.NONE);
          KeyValues.Pairs own = pairs.getOrDefault(id, KeyValues.Pairs.NONE);
          return read(
              row, globals.map(), LeftOut.noted(own.map(), own.leftOut() + globals.leftOut()));
        },
        "SELECT " + COLUMNS + " FROM programs WHERE id " + condition + " ORDER BY id",
        values);
  }

  private static ProgramRecord read(
      ResultSet row, Map<String, String> globals, Map<String, String> metadata)
      throws SQLException {
    return new ProgramRecord(
        new ProgramId(row.getLong("id")),
        new ProgramSpec(
            row.getString("name"),
            ProgramType.valueOf(row.getString("type")),
            row.getString("load_target")),
        bytecode(row),
        bytes(globals),
        metadata,
        row.getString("kernel_tag"),
        new ProgramId(row.getLong("map_set")),
        mapOwner(row),
        Instant.parse(row.getString("created_at")),
        row.getString("source"),
        row.getString("license"));
  }

  private static Bytecode bytecode(ResultSet row) throws SQLException {
    String url = row.getString("image_url");
    if (url == null) {
      return new Bytecode.File(row.getString("file_path"));
    }
    return new Bytecode.Image(
        url,
        Bytecode.PullPolicy.valueOf(row.getString("image_pull_policy")),
        row.getString("image_username"),
        null);
  }

  private static @Nullable ProgramId mapOwner(ResultSet row) throws SQLException {
    long owner = row.getLong("map_owner");
    return row.wasNull() ? null : new ProgramId(owner);
  }

  private static Map<String, String> hex(Map<String, Bytes> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toHex()));
  }

  private static Map<String, Bytes> bytes(Map<String, String> values) {
    return values.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Bytes.ofHex(entry.getValue())));
  }
}
