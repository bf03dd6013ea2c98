package io.bpfman.loader.adapter.elf;

/** Names of ELF machine numbers (linux/elf-em.h), for messages. */
final class ElfMachines {
  private ElfMachines() {}

  /** For example {@code x86-64 (62)}. */
  static String describe(int number) {
    String name =
        switch (number) {
          case 3 -> "i386";
          case 21 -> "PowerPC 64";
          case 22 -> "s390";
          case 40 -> "ARM";
          case 62 -> "x86-64";
          case 183 -> "AArch64";
          case 243 -> "RISC-V";
          case ElfImage.MACHINE_BPF -> "BPF";
          case 258 -> "LoongArch";
          default -> "another machine";
        };
    return name + " (" + number + ")";
  }
}
