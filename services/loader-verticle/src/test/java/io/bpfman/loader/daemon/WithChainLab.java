package io.bpfman.loader.daemon;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests in the virtual machine, each with a lab of its own; clang ran before. */
abstract class WithChainLab {
  @TempDir Path directory;
  ChainLab lab;

  @BeforeEach
  void openLab() {
    lab = new ChainLab(directory, Path.of(System.getProperty("bpfman.compiled"), "chain.bpf.o"));
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }
}
