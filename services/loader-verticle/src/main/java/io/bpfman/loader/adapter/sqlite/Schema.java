package io.bpfman.loader.adapter.sqlite;

import java.util.List;

/**
 * Tables of the store. Times are ISO-8601 texts in UTC, bytes are hexadecimal texts: a person with
 * the sqlite3 shell can read every column.
 */
final class Schema {
  private static final List<String> FIRST =
      List.of(
          """
          CREATE TABLE programs (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            load_target TEXT,
            file_path TEXT,
            image_url TEXT,
            image_pull_policy TEXT,
            image_username TEXT,
            kernel_tag TEXT NOT NULL,
            map_set INTEGER NOT NULL,
            map_owner INTEGER,
            created_at TEXT NOT NULL,
            CHECK ((file_path IS NULL) <> (image_url IS NULL)))""",
          "CREATE INDEX programs_by_map_set ON programs (map_set)",
          """
          CREATE TABLE program_metadata (
            program_id INTEGER NOT NULL REFERENCES programs ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (program_id, key)) WITHOUT ROWID""",
          "CREATE INDEX programs_by_metadata ON program_metadata (key, value)",
          """
          CREATE TABLE program_global_data (
            program_id INTEGER NOT NULL REFERENCES programs ON DELETE CASCADE,
            name TEXT NOT NULL,
            hex TEXT NOT NULL,
            PRIMARY KEY (program_id, name)) WITHOUT ROWID""",
          """
          CREATE TABLE links (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            program_id INTEGER NOT NULL REFERENCES programs ON DELETE CASCADE,
            kind TEXT NOT NULL,
            stage TEXT NOT NULL,
            kernel_link_id INTEGER NOT NULL,
            created_at TEXT NOT NULL,
            iface TEXT,
            netns TEXT,
            direction TEXT,
            priority INTEGER,
            proceed_on TEXT,
            tracepoint_group TEXT,
            tracepoint_name TEXT,
            target TEXT,
            function TEXT,
            offset INTEGER,
            pid INTEGER,
            container_pid INTEGER)""",
          "CREATE INDEX links_by_program ON links (program_id)",
          """
          CREATE TABLE link_metadata (
            link_id INTEGER NOT NULL REFERENCES links ON DELETE CASCADE,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (link_id, key)) WITHOUT ROWID""",
          """
          CREATE TABLE shared_map_pins (
            name TEXT NOT NULL,
            program_id INTEGER NOT NULL REFERENCES programs ON DELETE CASCADE,
            PRIMARY KEY (name, program_id)) WITHOUT ROWID""",
          "CREATE INDEX shared_map_pins_by_program ON shared_map_pins (program_id)");

  /** Unloads that a killed daemon began are finished at the next start; hooks are looked up. */
  private static final List<String> SECOND =
      List.of(
          "CREATE TABLE unloads (program_id INTEGER PRIMARY KEY REFERENCES programs ON DELETE CASCADE)",
          "CREATE INDEX links_by_interface ON links (iface)");

  /** Chains: which program sits where on a network hook. */
  private static final List<String> THIRD =
      List.of(
          "ALTER TABLE links ADD COLUMN netns_id INTEGER",
          "ALTER TABLE links ADD COLUMN ifindex INTEGER",
          "ALTER TABLE links ADD COLUMN slot INTEGER",
          "ALTER TABLE links ADD COLUMN running_program INTEGER",
          "DROP INDEX links_by_interface",
          "CREATE INDEX links_by_hook ON links (ifindex, netns_id)",
          """
          CREATE TABLE dispatchers (
            type TEXT NOT NULL,
            netns_id INTEGER NOT NULL,
            ifindex INTEGER NOT NULL,
            iface TEXT NOT NULL,
            netns TEXT,
            revision INTEGER NOT NULL,
            program_id INTEGER NOT NULL,
            kernel_link_id INTEGER NOT NULL,
            PRIMARY KEY (type, netns_id, ifindex)) WITHOUT ROWID""");

  /** Replacements that a killed daemon began are taken back at the next start. */
  private static final List<String> FOURTH =
      List.of(
          "CREATE TABLE replacements (program_id INTEGER PRIMARY KEY REFERENCES programs ON DELETE CASCADE)");

  /** What people ask of a program that runs: where it came from, under which license. */
  private static final List<String> FIFTH =
      List.of(
          "ALTER TABLE programs ADD COLUMN source TEXT",
          "ALTER TABLE programs ADD COLUMN license TEXT NOT NULL DEFAULT ''");

  /** What probes in user space were attached to: names come to mean other files. */
  private static final List<String> SIXTH =
      List.of(
          "ALTER TABLE links ADD COLUMN probed_path TEXT",
          "ALTER TABLE links ADD COLUMN probed_file TEXT",
          "ALTER TABLE links ADD COLUMN probed_device INTEGER",
          "ALTER TABLE links ADD COLUMN probed_inode INTEGER",
          "ALTER TABLE links ADD COLUMN probed_size INTEGER",
          "ALTER TABLE links ADD COLUMN probed_modified INTEGER",
          "ALTER TABLE links ADD COLUMN pid_started INTEGER",
          "ALTER TABLE links ADD COLUMN container_started INTEGER");

  /** What leads from each version to the next, from an empty file on. */
  static final List<List<String>> STEPS = List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH);

  /** Kept in {@code PRAGMA user_version}; raised with every change of the tables. */
  static final int VERSION = STEPS.size();

  private Schema() {}
}
