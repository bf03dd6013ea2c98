package io.bpfman.cli;

import io.bpfman.loader.daemon.DaemonMain;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Entry point of {@code bpfman}: the daemon when asked to serve, else one command. */
public final class Main {
  /** Loading a large object takes seconds in the verifier. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    Optional<List<String>> daemon = Words.daemonArguments(arguments);
    if (daemon.isPresent()) {
      return DaemonMain.run(daemon.get());
    }
    return new Commands(
            loaders(),
            System.getenv(),
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            isTerminal())
        .run(arguments);
  }

  private static LoaderOpener loaders() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return new DaemonOrLocal(new GrpcOpener(CALL_LIMIT), new InProcessOpener(CALL_LIMIT), root);
  }

  /** System.console() would load classes for reading lines. */
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Not System.out, which keeps write errors to itself. */
  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new BufferedWriter(
            new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8)),
        true);
  }
}
