package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.FileIdentity;
import io.bpfman.model.ProbedTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a probe was attached to, as columns; all null where that is no file. */
final class ProbedColumns {
  /** In the order of {@link #values}. */
  static final String NAMES =
      "probed_path, probed_file, probed_device, probed_inode, probed_size, probed_modified,"
          + " pid_started, container_started";

  private static final int COUNT = NAMES.split(",", -1).length;

  private ProbedColumns() {}

  static Stream<@Nullable Object> values(@Nullable ProbedTarget probed) {
    if (probed == null) {
      return Stream.generate(() -> (@Nullable Object) null).limit(COUNT);
    }
    FileIdentity identity = probed.identity();
    return Stream.of(
        probed.path(),
        probed.file(),
        identity.device(),
        identity.inode(),
        identity.size(),
        identity.modified(),
        probed.pidStarted(),
        probed.containerStarted());
  }

  /** Reads the columns of {@link #NAMES} by name; null for links of earlier versions, too. */
  static @Nullable ProbedTarget read(ResultSet row) throws SQLException {
    String path = row.getString("probed_path");
    return path == null
        ? null
        : new ProbedTarget(
            path,
            row.getString("probed_file"),
            new FileIdentity(
                row.getLong("probed_device"),
                row.getLong("probed_inode"),
                row.getLong("probed_size"),
                row.getLong("probed_modified")),
            row.getLong("pid_started"),
            row.getLong("container_started"));
  }
}
