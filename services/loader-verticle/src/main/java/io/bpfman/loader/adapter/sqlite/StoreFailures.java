package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Turns failures of SQLite into failures of the domain. Numbers: primary result codes of sqlite3.h.
 */
final class StoreFailures {
  private static final int PRIMARY_CODE = 0xFF;
  private static final int BUSY = 5;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOT_A_DATABASE = 26;

  private StoreFailures() {}

  static boolean tellsOfDamage(SQLException cause) {
    int code = cause.getErrorCode() & PRIMARY_CODE;
    return code == CORRUPT || code == NOT_A_DATABASE;
  }

  static BpfmanException of(Path file, SQLException cause) {
    return switch (cause.getErrorCode() & PRIMARY_CODE) {
      case CORRUPT, NOT_A_DATABASE -> corrupt(file, String.valueOf(cause.getMessage()), cause);
      case BUSY ->
          failed(
              file,
              "is locked by another process for more than %d ms"
                  .formatted(Database.BUSY_TIMEOUT_MILLIS),
              "end the program that has it open (fuser -v " + file + ")",
              cause);
      case FULL ->
          failed(file, "cannot grow: no space left", "free space on its file system", cause);
      case READ_ONLY ->
          failed(file, "cannot be written", "give the daemon write access to its directory", cause);
      default -> failed(file, "refused: " + cause.getMessage(), "", cause);
    };
  }

  static BpfmanException corrupt(Path file, String detail, Exception cause) {
    return FailureCode.STORE_FAILED.because(
        corruptText(file, detail), wayOutOfCorruption(file), cause);
  }

  static BpfmanException corrupt(Path file, String detail) {
    return FailureCode.STORE_FAILED.because(corruptText(file, detail), wayOutOfCorruption(file));
  }

  private static String corruptText(Path file, String detail) {
    return "store %s is damaged: %s".formatted(file, detail);
  }

  private static String wayOutOfCorruption(Path file) {
    return "stop the daemon, move %s, %s-wal and %s-shm away and start it again; what is loaded must then be loaded anew"
        .formatted(file, file.getFileName(), file.getFileName());
  }

  private static BpfmanException failed(Path file, String what, String hint, SQLException cause) {
    return FailureCode.STORE_FAILED.because("store %s %s".formatted(file, what), hint, cause);
  }
}
