package io.bpfman.loader.adapter.libbpf;

import com.kenai.jffi.MemoryIO;
import io.bpfman.loader.core.objectfile.ObjectCheck;
import io.bpfman.loader.core.objectfile.ObjectDamageException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jnr.ffi.Pointer;

/**
 * An object file in native memory, checked. libbpf gets these bytes and not the file: what was
 * checked cannot change any more, and nobody can cut the file short under libbpf's memory map,
 * which would end the process.
 *
 * @param content as long as the scratch memory that it came from
 * @param size bytes
 */
record ObjectImage(Pointer content, long size) {
  /** As the reader of objects; that one explains it. */
  private static final long MAX_SIZE = 64L << 20;

  private static final String COMPILE = "compile it with clang -O2 -g -target bpf";

  /** BYTECODE_NOT_FOUND or BYTECODE_INVALID when libbpf must not see it. */
  static ObjectImage read(Scratch memory, Path object) {
    try (FileChannel file = FileChannel.open(object, StandardOpenOption.READ)) {
      long size = file.size();
      if (size == 0 || size > MAX_SIZE) {
        throw FailureCode.BYTECODE_INVALID.because(
            "%s has %d bytes; the limit is %d (64 MiB)".formatted(object, size, MAX_SIZE), COMPILE);
      }
      Pointer content = memory.zeroed(size);
      ByteBuffer view = MemoryIO.getInstance().newDirectByteBuffer(content.address(), (int) size);
      fill(view, file, object);
      ObjectCheck.check(view);
      return new ObjectImage(content, size);
    } catch (ObjectDamageException e) {
      throw FailureCode.BYTECODE_INVALID.because(
          object + " is damaged: " + e.getMessage(), COMPILE, e);
    } catch (NoSuchFileException e) {
      throw FailureCode.BYTECODE_NOT_FOUND.because(
          object + " does not exist", "it was there a moment ago; load it again", e);
    } catch (IOException e) {
      throw FailureCode.BYTECODE_NOT_FOUND.because(
          "%s cannot be read: %s".formatted(object, e), "check the file", e);
    }
  }

  /** The same memory for readers in Java. */
  ByteBuffer view() {
    return MemoryIO.getInstance()
        .newDirectByteBuffer(content.address(), (int) size)
        .asReadOnlyBuffer();
  }

  private static void fill(ByteBuffer view, FileChannel file, Path object) throws IOException {
    while (view.hasRemaining()) {
      if (file.read(view) < 0) {
        throw new IOException(object + " became shorter while it was read");
      }
    }
    view.flip();
  }
}
