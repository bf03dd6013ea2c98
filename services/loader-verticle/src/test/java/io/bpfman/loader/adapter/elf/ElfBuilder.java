package io.bpfman.loader.adapter.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes the bytes of small ELF files by hand. */
final class ElfBuilder {
  static final int CODE = 6;
  static final int DATA = 3;

  private record Section(String name, int type, int flags, byte[] content, int link) {}

  private final List<Section> sections = new ArrayList<>();
  private final ByteArrayOutputStream symbols = new ByteArrayOutputStream();
  private final ByteArrayOutputStream symbolNames = new ByteArrayOutputStream();
  private int machine = 247;
  private int type = 1;
  private long loadAddress;

  ElfBuilder() {
    sections.add(new Section("", 0, 0, new byte[0], 0));
    symbols.writeBytes(new byte[24]);
    symbolNames.write(0);
  }

  /** An object with two programs, a subprogram, two maps and three variables. */
  static byte[] object() {
    ElfBuilder elf = new ElfBuilder();
    int xdp = elf.section("xdp", 1, CODE);
    int text = elf.section(".text", 1, CODE);
    int probe = elf.section("kprobe/do_exit", 1, CODE);
    int maps = elf.section(".maps", 1, DATA);
    int oldMaps = elf.section("maps/old", 1, DATA);
    int readOnly = elf.section(".rodata.limits", 1, 2);
    int bss = elf.section(".bss", 8, DATA);
    elf.symbol("count", 0x12, xdp, 0, 16)
        .symbol("helper", 0x12, text, 0, 16)
        .symbol("local_label", 0x00, xdp, 8, 0)
        .symbol("local_helper", 0x02, text, 0, 16)
        .symbol("static_probe", 0x02, probe, 16, 16)
        .symbol("on_exit", 0x22, probe, 0, 16)
        .symbol("counters", 0x11, maps, 0, 32)
        .symbol("events", 0x11, maps, 32, 32)
        .symbol("old", 0x11, oldMaps, 0, 20)
        .symbol("limit", 0x11, readOnly, 4, 8)
        .symbol("total", 0x11, bss, 0, 8)
        .symbol("hidden", 0x01, bss, 8, 4);
    return elf.build();
  }

  ElfBuilder machine(int number) {
    machine = number;
    return this;
  }

  /** A shared library whose one segment covers the whole file. */
  ElfBuilder library(long address) {
    machine = 62;
    type = 3;
    loadAddress = address;
    return this;
  }

  int section(String name, int sectionType, int flags) {
    sections.add(new Section(name, sectionType, flags, new byte[64], 0));
    return sections.size() - 1;
  }

  ElfBuilder symbol(String name, int info, int section, long value, long size) {
    ByteBuffer entry = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    entry.putInt(symbolNames.size()).put((byte) info).put((byte) 0).putShort((short) section);
    symbols.writeBytes(entry.putLong(value).putLong(size).array());
    symbolNames.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    symbolNames.write(0);
    return this;
  }

  byte[] build() {
    int strings = sections.size() + 1;
    sections.add(new Section(".symtab", 2, 0, symbols.toByteArray(), strings));
    sections.add(new Section(".strtab", 3, 0, symbolNames.toByteArray(), 0));
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    int[] nameAt = new int[sections.size() + 1];
    sections.add(new Section(".shstrtab", 3, 0, new byte[0], 0));
    for (int i = 0; i < sections.size(); i++) {
      nameAt[i] = names.size();
      names.writeBytes((sections.get(i).name + "\0").getBytes(StandardCharsets.UTF_8));
    }
    sections.set(sections.size() - 1, new Section(".shstrtab", 3, 0, names.toByteArray(), 0));
    return bytes(nameAt);
  }

  private byte[] bytes(int[] nameAt) {
    int start = 64 + 56;
    int content = sections.stream().mapToInt(s -> s.content.length).sum();
    int size = start + content + 64 * sections.size();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    out.putShort((short) type).putShort((short) machine).putInt(1).putLong(0);
    out.putLong(64).putLong(start + content).putInt(0).putShort((short) 64);
    out.putShort((short) 56).putShort((short) (type == 1 ? 0 : 1));
    out.putShort((short) 64).putShort((short) sections.size());
    out.putShort((short) (sections.size() - 1));
    out.putInt(1).putInt(5).putLong(0).putLong(loadAddress).putLong(0).putLong(size).putLong(size);
    out.position(start);
    sections.forEach(section -> out.put(section.content));
    int at = start;
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      out.putInt(nameAt[i]).putInt(section.type).putLong(section.flags).putLong(0).putLong(at);
      out.putLong(section.content.length).putInt(section.link).putInt(0).putLong(1).putLong(0);
      at += section.content.length;
    }
    return out.array();
  }
}
