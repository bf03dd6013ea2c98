package io.bpfman.operator.adapter.files;

import io.bpfman.contract.SecretFiles;
import io.bpfman.operator.pki.port.TrustBundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** The authorities in a file that everybody may read, to be copied to nodes. */
public final class TrustFile implements TrustBundle {
  private final Path file;

  public TrustFile(Path file) {
    this.file = file;
  }

  @Override
  public Outcome publish(String bundle) {
    if (Files.exists(file) && SecretFiles.read(file).equals(bundle)) {
      return Outcome.UNCHANGED;
    }
    SecretFiles.publish(file, bundle);
    return Outcome.WRITTEN;
  }
}
