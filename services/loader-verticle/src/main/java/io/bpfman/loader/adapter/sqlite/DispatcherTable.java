package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.HookId;
import io.bpfman.model.NetworkHook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Dispatchers. Callers hold the database's lock. */
final class DispatcherTable {
  private static final String SELECT =
      "SELECT type, netns_id, ifindex, iface, netns, revision, program_id, kernel_link_id FROM dispatchers";
  private static final String OF_HOOK = " WHERE type = ? AND netns_id = ? AND ifindex = ?";

  private final Database database;

  DispatcherTable(Database database) {
    this.database = database;
  }

  void put(DispatcherRecord dispatcher) throws SQLException {
    ChainKey key = dispatcher.key();
    database.update(
        "INSERT OR REPLACE INTO dispatchers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        key.type().wireName(),
        key.hook().netns(),
        key.hook().interfaceIndex(),
        dispatcher.where().interfaceName(),
        dispatcher.where().netns(),
        dispatcher.revision(),
        dispatcher.program(),
        dispatcher.kernelLinkId());
  }

  void remove(ChainKey key) throws SQLException {
    database.update("DELETE FROM dispatchers" + OF_HOOK, columns(key));
  }

  List<DispatcherRecord> byKey(ChainKey key) throws SQLException {
    return database.query(DispatcherTable::read, SELECT + OF_HOOK, columns(key));
  }

  List<DispatcherRecord> all() throws SQLException {
    return database.query(DispatcherTable::read, SELECT);
  }

  private static Object[] columns(ChainKey key) {
    return new Object[] {key.type().wireName(), key.hook().netns(), key.hook().interfaceIndex()};
  }

  private static DispatcherRecord read(ResultSet row) throws SQLException {
    String type = row.getString("type");
    ChainKey key =
        new ChainKey(
            ChainType.ofName(type)
                .orElseThrow(() -> new SQLException("a dispatcher has unknown type " + type)),
            new HookId(row.getLong("netns_id"), row.getInt("ifindex")));
    return new DispatcherRecord(
        key,
        new NetworkHook(row.getString("iface"), row.getString("netns")),
        row.getInt("revision"),
        row.getLong("program_id"),
        row.getLong("kernel_link_id"));
  }
}
