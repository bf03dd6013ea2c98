package io.bpfman.loader.adapter.files;

import io.bpfman.loader.port.ObjectCopies;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Copies as {@code <program id>/bytecode.o}, where bpfman keeps its own, with {@code
 * provenance.json} beside them. Programs of one object share one file by hard links. Thread-safe
 * for different programs.
 */
public final class ObjectDirectory implements ObjectCopies {
  private static final String FILE = "bytecode.o";
  private static final String PROVENANCE = "provenance.json";

  /** Decimal without leading zeros. */
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,9}");

  private final Path root;

  public ObjectDirectory(Path root) {
    this.root = root;
  }

  @Override
  public Path of(ProgramId program) {
    return directory(program).resolve(FILE);
  }

  private Path directory(ProgramId program) {
    return root.resolve(Long.toString(program.value()));
  }

  @Override
  public void keep(List<ProgramRecord> programs, ByteBuffer object) {
    Path first = of(programs.getFirst().id());
    try {
      for (ProgramRecord program : programs) {
        Path copy = of(program.id());
        Files.createDirectories(directory(program.id()));
        Files.deleteIfExists(copy);
        if (copy.equals(first)) {
          write(object.duplicate(), first);
        } else {
          Files.createLink(copy, first);
        }
        Files.writeString(provenance(program.id()), Provenance.of(program));
      }
    } catch (IOException e) {
      throw failed("keep the object of program " + programs.getFirst().id(), e);
    }
  }

  private Path provenance(ProgramId program) {
    return directory(program).resolve(PROVENANCE);
  }

  private static void write(ByteBuffer object, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (object.hasRemaining()) {
        channel.write(object);
      }
    }
  }

  @Override
  public void remove(ProgramId program) {
    try {
      Files.deleteIfExists(of(program));
      Files.deleteIfExists(provenance(program));
      Files.deleteIfExists(directory(program));
    } catch (IOException e) {
      throw failed("remove the copy of program " + program, e);
    }
  }

  @Override
  public List<ProgramId> programs() {
    List<ProgramId> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (ID.matcher(name).matches()) {
          found.add(new ProgramId(Long.parseLong(name)));
        }
      }
      found.sort(Comparator.comparingLong(ProgramId::value));
      return found;
    } catch (NoSuchFileException none) {
      return found;
    } catch (IOException e) {
      throw failed("list the copies of objects", e);
    }
  }

  private BpfmanException failed(String action, IOException cause) {
    return FailureCode.STORE_FAILED.because(
        "cannot %s in %s: %s".formatted(action, root, cause),
        "see that the directory is writable and its file system not full",
        cause);
  }
}
