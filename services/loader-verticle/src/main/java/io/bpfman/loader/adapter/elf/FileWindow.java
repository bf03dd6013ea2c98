package io.bpfman.loader.adapter.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Checked positioned reads of one file. Not a memory map: somebody who shortens a mapped file while
 * it is read would crash the read with an error outside of any exception handling, and targets in
 * containers are files that others control.
 */
final class FileWindow implements AutoCloseable {
  private final FileChannel channel;
  private final long size;

  private FileWindow(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  static FileWindow open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new FileWindow(channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Bytes of the file when it was opened. */
  long size() {
    return size;
  }

  /**
   * Whether {@code length} bytes from {@code offset} lie inside the file; both are unsigned 64-bit
   * numbers of the file.
   */
  boolean holds(long offset, long length) {
    return offset >= 0 && length >= 0 && offset <= size && length <= size - offset;
  }

  /** Exactly {@code length} bytes, little-endian, position 0. */
  ByteBuffer read(String what, long offset, int length) throws IOException, ElfFormatException {
    if (!holds(offset, length)) {
      throw ElfFormatException.truncated(what, offset + length, size);
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    readInto(buffer, what, offset);
    return buffer;
  }

  /** Fills {@code buffer} from its position to its limit and rewinds it. */
  void readInto(ByteBuffer buffer, String what, long offset)
      throws IOException, ElfFormatException {
    long position = offset;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position);
      if (count < 0) {
        throw ElfFormatException.truncated(what, position + buffer.remaining(), position);
      }
      position += count;
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
