package io.bpfman.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code make bench}; see run.sh for what it prepares. Arguments: directory object floor device
 * libc rounds.
 */
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    if (arguments.length != 6) {
      System.err.println("usage: BenchMain DIRECTORY OBJECT FLOOR DEVICE LIBC ROUNDS");
      System.exit(2);
    }
    Setting setting =
        new Setting(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            arguments[3],
            Path.of(arguments[4]),
            Integer.parseInt(arguments[5]));
    try (Target inProcess = new InProcessTarget(setting);
        SocketTarget socket = new SocketTarget(setting, daemonFlags());
        BlockingTarget blocking = socket.blocking()) {
      new LoaderBench(setting, System.out).run(List.of(inProcess, blocking, socket));
      new PressureBench(socket, new Floor(setting), setting.rounds(), System.out).run();
    }
    System.exit(0);
  }

  /** The flags that bin/bpfman starts the daemon with, so that what is measured is what runs. */
  private static List<String> daemonFlags() {
    return List.of(System.getProperty("bpfman.daemon.flags", "").strip().split("\\s+"));
  }
}
