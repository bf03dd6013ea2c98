package io.bpfman.runtime.pki;

import java.util.Optional;

/** Notices new certificates in a directory when it is asked. Blocks; for one thread at a time. */
public final class CertificateWatch {
  private final CertificateFiles files;
  private String seen = "";

  public CertificateWatch(CertificateFiles files) {
    this.files = files;
  }

  /**
   * What is new since the last call; at the first call what there is. Empty when nothing changed
   * and while there are no files.
   *
   * @throws IllegalStateException when what is new cannot be used; once for each change, so that
   *     half a change is told at most once before the whole one comes
   */
  public Optional<CertificateSet> changed() {
    String stamp = files.stamp();
    if (stamp.equals(seen)) {
      return Optional.empty();
    }
    seen = stamp;
    return files.read();
  }
}
