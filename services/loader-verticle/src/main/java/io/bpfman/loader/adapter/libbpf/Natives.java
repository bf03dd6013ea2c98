package io.bpfman.loader.adapter.libbpf;

import com.kenai.jffi.Library;
import io.bpfman.model.FailureCode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import jnr.ffi.Runtime;

/**
 * The bound native libraries. Thread-safe.
 *
 * @param bpf libbpf.so.1
 * @param c the C library
 * @param calls numbers of system calls on this machine
 * @param blocks memory that calls use by turns
 */
record Natives(LibBpf bpf, LibC c, Runtime runtime, SyscallNumbers calls, ScratchBlocks blocks) {

  private static final String LIBRARY = "libbpf.so.1";
  private static final String INSTALL =
      "install Debian's package libbpf1, version 1.0 or newer: apt-get install libbpf1";

  /**
   * START_REFUSED when libbpf is missing or lacks a function that is needed, and on machines whose
   * numbers of system calls are not known here.
   */
  static Natives load() {
    return load(LIBRARY);
  }

  /** {@link #load()} with another file name or path of libbpf. */
  static Natives load(String file) {
    SyscallNumbers calls =
        SyscallNumbers.of(Objects.requireNonNullElse(System.getProperty("os.arch"), ""));
    Library library = Library.getCachedInstance(file, Library.LAZY | Library.LOCAL);
    if (library == null) {
      throw FailureCode.START_REFUSED.because(
          "the library %s cannot be loaded: %s".formatted(file, Library.getLastError()), INSTALL);
    }
    requireFunctions(library, file);
    LibBpf bpf = LibraryLoader.create(LibBpf.class).failImmediately().load(file);
    String cName = Platform.getNativePlatform().getStandardCLibraryName();
    LibC c = LibraryLoader.create(LibC.class).failImmediately().load(cName);
    bpf.libbpf_set_print(null);
    return new Natives(bpf, c, Runtime.getRuntime(bpf), calls, new ScratchBlocks(c));
  }

  private static void requireFunctions(Library library, String file) {
    List<String> missing =
        Arrays.stream(LibBpf.class.getMethods())
            .map(java.lang.reflect.Method::getName)
            .filter(name -> library.getSymbolAddress(name) == 0)
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw FailureCode.START_REFUSED.because(
          "%s lacks the functions %s".formatted(file, String.join(", ", missing)), INSTALL);
    }
  }

  /** errno of this thread's last native call. */
  int errno() {
    return runtime.getLastError();
  }

  /** Memory for one call sequence. */
  Scratch scratch() {
    return new Scratch(c, runtime, blocks);
  }

  /** "major.minor" of libbpf. */
  String version() {
    return bpf.libbpf_major_version() + "." + bpf.libbpf_minor_version();
  }
}
