package io.bpfman.nudge;

import io.bpfman.nudge.command.NudgeContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs commands in this process, and copies the fixture. */
public final class NudgeHarness {
  /** Digests for new references. */
  public static final String NEW = "sha256:" + "b".repeat(64);

  private NudgeHarness() {}

  public static Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  public static Result runWithInput(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    NudgeContext context =
        new NudgeContext(
            new PrintWriter(out),
            new PrintWriter(err),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    int code = new Commands(context).run(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  /** Root of the project. */
  public static Path project() {
    return Path.of(System.getProperty("bpfman.root", "../..")).toAbsolutePath().normalize();
  }

  /** Copies the fixture into {@code target}. */
  public static void fixture(Path target) {
    copy(project().resolve("tools/nudge/src/test/resources/fixture"), target);
  }

  public static void copy(Path from, Path target) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file below a directory with its text. */
  public static Map<String, String> tree(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      Map<String, String> tree = new TreeMap<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> tree.put(root.relativize(file).toString(), read(file)));
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command left. */
  public record Result(int code, String out, String err) {}
}
