package io.bpfman.loader.adapter.libbpf;

import com.kenai.jffi.MemoryIO;
import io.bpfman.loader.core.objectfile.MapPlan;
import io.bpfman.loader.core.objectfile.ObjectCheck;
import io.bpfman.loader.core.objectfile.ObjectDamageException;
import io.bpfman.loader.core.objectfile.ObjectRewrite;
import io.bpfman.loader.core.objectfile.UnfitObjectException;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import jnr.ffi.Pointer;

/**
 * An object file in native memory, checked. libbpf gets these bytes and not the file: what was
 * checked cannot change any more, and nobody can cut the file short under libbpf's memory map,
 * which would end the process. Where libbpf would refuse the file's words, it gets the same said in
 * its own.
 *
 * @param content as long as the scratch memory that it came from
 * @param size bytes
 * @param file the bytes of the file
 * @param maps what becomes of its maps
 */
record ObjectImage(Pointer content, long size, ByteBuffer file, MapPlan maps) {
  /** As the reader of objects; that one explains it. */
  private static final long MAX_SIZE = 64L << 20;

  private static final String COMPILE = "compile it with clang -O2 -g -target bpf";

  /** One of ours, which is loaded as it is. */
  ObjectImage(Pointer content, long size) {
    this(content, size, view(content, size), new MapPlan(Set.of(), Set.of()));
  }

  /**
   * BYTECODE_NOT_FOUND or BYTECODE_INVALID when libbpf must not see it, INVALID_REQUEST when it
   * needs more programs than are wanted.
   */
  static ObjectImage read(Scratch memory, Path object, MapPlan.Wanted wanted) {
    ObjectImage image = translated(memory, object, read(memory, object));
    try {
      MapPlan plan = MapPlan.of(image.view(), wanted);
      return plan.emptied().isEmpty()
          ? new ObjectImage(image.content, image.size, image.file, plan)
          : image.emptied(memory, plan);
    } catch (ObjectDamageException e) {
      throw damaged(object, e);
    } catch (UnfitObjectException e) {
      throw FailureCode.INVALID_REQUEST.because(
          "object %s %s".formatted(object, e.getMessage()), e.hint(), e);
    }
  }

  private static BpfmanException damaged(Path object, ObjectDamageException e) {
    return FailureCode.BYTECODE_INVALID.because(
        object + " is damaged: " + e.getMessage(), COMPILE, e);
  }

  private static ObjectImage translated(Scratch memory, Path object, ObjectImage read) {
    try {
      ObjectRewrite rewrite = ObjectRewrite.of(read.file);
      if (!rewrite.isNeeded()) {
        ObjectCheck.check(read.file);
        return read;
      }
      long size = rewrite.prepare();
      Pointer content = memory.zeroed(size);
      rewrite.write(view(content, size));
      ObjectCheck.check(view(content, size));
      return new ObjectImage(content, size, read.file, read.maps);
    } catch (ObjectDamageException e) {
      throw damaged(object, e);
    } catch (UnfitObjectException e) {
      throw FailureCode.BYTECODE_INVALID.because(
          "object %s %s".formatted(object, e.getMessage()), e.hint(), e);
    }
  }

  private ObjectImage emptied(Scratch memory, MapPlan plan) throws ObjectDamageException {
    Pointer changed = memory.zeroed(size);
    content.transferTo(0, changed, 0, size);
    plan.apply(view(changed, size));
    ObjectCheck.check(view(changed, size));
    return new ObjectImage(changed, size, file, plan);
  }

  private static ObjectImage read(Scratch memory, Path object) {
    try (FileChannel file = FileChannel.open(object, StandardOpenOption.READ)) {
      long size = file.size();
      if (size == 0 || size > MAX_SIZE) {
        throw FailureCode.BYTECODE_INVALID.because(
            "%s has %d bytes; the limit is %d (64 MiB)".formatted(object, size, MAX_SIZE), COMPILE);
      }
      Pointer content = memory.zeroed(size);
      fill(view(content, size), file, object);
      return new ObjectImage(content, size);
    } catch (NoSuchFileException e) {
      throw FailureCode.BYTECODE_NOT_FOUND.because(
          object + " does not exist", "it was there a moment ago; load it again", e);
    } catch (IOException e) {
      throw FailureCode.BYTECODE_NOT_FOUND.because(
          "%s cannot be read: %s".formatted(object, e), "check the file", e);
    }
  }

  private ByteBuffer view() {
    return view(content, size);
  }

  /** The same memory for readers in Java. */
  private static ByteBuffer view(Pointer content, long size) {
    return MemoryIO.getInstance().newDirectByteBuffer(content.address(), (int) size);
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
