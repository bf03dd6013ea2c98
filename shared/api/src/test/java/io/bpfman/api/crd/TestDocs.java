package io.bpfman.api.crd;

import io.bpfman.api.v1alpha1.Config;
import java.io.IOException;
import java.nio.file.Path;

/** The Javadoc of the beans. */
final class TestDocs {
  private TestDocs() {}

  static Javadocs read() throws IOException {
    String packageName = Config.class.getPackageName();
    Path sources =
        Path.of(System.getProperty("bpfman.root"), "shared/api/src/main/java")
            .resolve(packageName.replace('.', '/'));
    return Javadocs.of(sources, packageName);
  }
}
