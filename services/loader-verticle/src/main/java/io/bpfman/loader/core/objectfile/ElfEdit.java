package io.bpfman.loader.core.objectfile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A changed copy of an object: its bytes stay where they are, new contents, all names of sections
 * and a new section table follow. One use.
 */
final class ElfEdit {
  private static final int HEADER = 64;
  private static final int TABLE_AT = 40;
  private static final int COUNT_AT = 60;
  private static final int NAMES_AT = 62;
  private static final int ALIGNMENT = 8;
  private static final int MAX_SECTIONS = 0xFF00;

  private final SectionTable sections;
  private final List<String> names = new ArrayList<>();
  private final List<ByteBuffer> headers = new ArrayList<>();
  private final List<byte[]> appended = new ArrayList<>();
  private final int originalSize;
  private long end;

  ElfEdit(ByteBuffer original, SectionTable sections) {
    this.sections = sections;
    this.originalSize = original.limit();
    this.end = aligned(originalSize);
    ByteBuffer file = original.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int table = (int) file.getLong(TABLE_AT);
    for (int i = 0; i < sections.count(); i++) {
      byte[] header = new byte[HEADER];
      file.get(table + i * HEADER, header);
      headers.add(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN));
    }
    for (SectionTable.Section section : sections.all()) {
      names.add(section.name());
    }
  }

  private static long aligned(long size) {
    return size + ALIGNMENT - 1 & -ALIGNMENT;
  }

  int indexOf(SectionTable.Section section) {
    return sections.all().indexOf(section);
  }

  void rename(int section, String name) {
    names.set(section, name);
  }

  /** Gives a section other bytes. */
  void replace(int section, byte[] content) {
    headers.get(section).putLong(24, append(content)).putLong(32, content.length);
  }

  /** A new section of type PROGBITS that is not there at run time. */
  void add(String name, byte[] content) throws ObjectDamageException {
    if (headers.size() >= MAX_SECTIONS) {
      throw new ObjectDamageException("it has %d sections".formatted(headers.size()));
    }
    add(name, SectionTable.PROGBITS, content);
  }

  private void add(String name, int type, byte[] content) {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(4, type).putLong(48, ALIGNMENT);
    headers.add(header);
    names.add(name);
    replace(headers.size() - 1, content);
  }

  private long append(byte[] content) {
    long at = end;
    appended.add(content);
    end = aligned(at + content.length);
    return at;
  }

  /** No change is possible after it. Answers the bytes of the whole. */
  long finish() {
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    texts.write(0);
    add("", SectionTable.STRTAB, new byte[0]);
    for (int i = 0; i < headers.size(); i++) {
      headers.get(i).putInt(0, names.get(i).isEmpty() ? 0 : texts.size());
      texts.writeBytes((names.get(i) + "\0").getBytes(StandardCharsets.UTF_8));
    }
    appended.removeLast();
    replace(headers.size() - 1, texts.toByteArray());
    ByteBuffer table = ByteBuffer.allocate(headers.size() * HEADER);
    headers.forEach(header -> table.put(header.clear()));
    append(table.array());
    return end;
  }

  /**
   * @param target as long as {@link #finish} said
   */
  void write(ByteBuffer original, ByteBuffer target) {
    target.order(ByteOrder.LITTLE_ENDIAN).put(0, original, 0, originalSize);
    long at = aligned(originalSize);
    for (byte[] content : appended) {
      target.put((int) at, content);
      at = aligned(at + content.length);
    }
    target.putLong(TABLE_AT, end - aligned(appended.getLast().length));
    target.putShort(COUNT_AT, (short) headers.size());
    target.putShort(NAMES_AT, (short) (headers.size() - 1));
  }
}
