package io.bpfman.loader.adapter.libbpf;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one lab, opened before the first and checked and closed after the last. */
abstract class WithKernelLab {
  static KernelLab lab;

  @BeforeAll
  static void openLab(@TempDir Path directory) throws IOException {
    lab = KernelLab.open(directory);
  }

  @AfterAll
  static void closeLab() throws IOException {
    lab.close();
  }
}
