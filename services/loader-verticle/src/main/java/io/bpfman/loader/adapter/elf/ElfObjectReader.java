package io.bpfman.loader.adapter.elf;

import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectReader;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads BPF objects from files. Stateless and thread-safe; blocks. */
public final class ElfObjectReader implements ObjectReader {
  /** Largest object that is read, in bytes. */
  public static final long MAX_SIZE = 64L << 20;

  private static final String COMPILE = "compile with: clang -target bpf -O2 -g -c";

  @Override
  public ObjectFacts read(Path object) {
    requireFile(object);
    try (ElfImage image = ElfImage.open(object)) {
      requireBpf(image);
      return new ObjectSymbols(image).facts();
    } catch (ElfFormatException e) {
      String hint = e.hint().isEmpty() ? COMPILE : e.hint();
      throw FailureCode.BYTECODE_INVALID.because(object + " " + e.getMessage(), hint, e);
    } catch (IOException e) {
      throw unreadable(object, e);
    }
  }

  /** Only regular files are opened: opening a pipe would block. */
  private static void requireFile(Path object) {
    if (Files.isRegularFile(object) || !Files.exists(object, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    throw Files.isDirectory(object)
        ? FailureCode.BYTECODE_NOT_FOUND.because(
            object + " is a directory", "give the path of an object file")
        : FailureCode.BYTECODE_NOT_FOUND.because(
            object + " is no regular file, or a link that leads nowhere",
            "give the path of an object file");
  }

  private static void requireBpf(ElfImage image) throws ElfFormatException {
    long size = image.window().size();
    if (size > MAX_SIZE) {
      throw new ElfFormatException(
          "has %d bytes; the limit is %d (64 MiB)".formatted(size, MAX_SIZE),
          "split the object, or strip its DWARF with llvm-strip -g");
    }
    if (image.machine() != ElfImage.MACHINE_BPF) {
      throw new ElfFormatException(
          "is for %s; a BPF object (247, clang -target bpf) is needed"
              .formatted(ElfMachines.describe(image.machine())),
          COMPILE);
    }
    if (image.type() != ElfImage.TYPE_RELOCATABLE) {
      throw new ElfFormatException(
          "has ELF type %d; a relocatable object (1) is needed".formatted(image.type()), COMPILE);
    }
  }

  private static BpfmanException unreadable(Path object, IOException cause) {
    String what =
        cause instanceof NoSuchFileException
            ? object + " does not exist"
            : object + " cannot be read: " + cause;
    return FailureCode.BYTECODE_NOT_FOUND.because(
        what, "the path is looked up in the file system of the bpfman daemon", cause);
  }
}
