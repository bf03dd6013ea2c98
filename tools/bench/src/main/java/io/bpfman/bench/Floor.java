package io.bpfman.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs floor.c and reads what it measured. */
final class Floor {
  private final Setting setting;

  Floor(Setting setting) {
    this.setting = setting;
  }

  void measure(int rounds, Samples samples) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    setting.floor().toString(),
                    setting.object().toString(),
                    setting.directory().resolve("pins").toString(),
                    setting.device(),
                    setting.libc().toString(),
                    Integer.toString(rounds)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the C program failed, see above");
    }
    output.lines().forEach(line -> add(line.split(" "), samples));
  }

  private static void add(String[] words, Samples samples) {
    samples.add(words[0] + " " + words[1], Double.parseDouble(words[2]));
  }
}
