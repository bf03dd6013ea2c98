package io.bpfman.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs floor.c and reads what it measured. */
final class Floor {
  private record Run(Process process, Path output) {}

  private final Setting setting;

  Floor(Setting setting) {
    this.setting = setting;
  }

  /** One process, all kinds in every round. */
  Samples measure(int rounds) throws IOException, InterruptedException {
    return finish(start(0, rounds, List.of(Kind.values())));
  }

  /**
   * Processes at the same time, each with the kinds in an order of its own.
   *
   * @param rounds of each process, with every kind once
   */
  Samples together(int processes, int rounds, List<Kind> kinds)
      throws IOException, InterruptedException {
    List<Run> started = new ArrayList<>();
    for (int number = 0; number < processes; number++) {
      List<Kind> order = new ArrayList<>(kinds);
      Collections.rotate(order, -number);
      started.add(start(number, rounds, order));
    }
    Samples all = new Samples();
    for (Run run : started) {
      all.addAll(finish(run));
    }
    return all;
  }

  private Run start(int number, int rounds, List<Kind> kinds) throws IOException {
    Path pins = Files.createDirectories(setting.directory().resolve("pins/" + number));
    // A file, not a pipe: one that is full, because another run is read first, would stop the
    // program.
    Path output = setting.directory().resolve("floor-" + number);
    List<String> command =
        new ArrayList<>(
            List.of(
                setting.floor().toString(),
                setting.object().toString(),
                pins.toString(),
                setting.device(),
                setting.libc().toString(),
                Integer.toString(rounds)));
    kinds.forEach(kind -> command.add(kind.label()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Run(process, output);
  }

  private static Samples finish(Run run) throws IOException, InterruptedException {
    if (run.process().waitFor() != 0) {
      throw new IOException("the C program failed, see above");
    }
    Samples samples = new Samples();
    for (String line : Files.readAllLines(run.output())) {
      String[] words = line.split(" ");
      samples.add(words[0] + " " + words[1], Double.parseDouble(words[2]));
    }
    return samples;
  }
}
