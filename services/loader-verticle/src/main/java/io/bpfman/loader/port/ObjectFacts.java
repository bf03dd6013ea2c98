package io.bpfman.loader.port;

import java.util.List;
import java.util.Map;

/**
 * What an ELF object holds, read without the kernel.
 *
 * @param functions BPF function name to its section, in file order; only functions in program
 *     sections, static ones too
 * @param variables global variables by name
 * @param maps names of declared maps, without internal ones (.rodata, .bss ...)
 * @param license as the object names it; empty without
 */
public record ObjectFacts(
    Map<String, String> functions,
    Map<String, Variable> variables,
    List<String> maps,
    String license) {

  public ObjectFacts(
      Map<String, String> functions, Map<String, Variable> variables, List<String> maps) {
    this(functions, variables, maps, "");
  }

  /**
   * A global variable.
   *
   * @param section .rodata, .data or .bss, or one of their named variants
   * @param offset bytes from the start of the section
   * @param size bytes
   */
  public record Variable(String name, String section, long offset, long size) {}
}
