package io.bpfman.operator.pki;

import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import org.jspecify.annotations.Nullable;

/** Keeps the certificate that an operator shows to other members in files. Blocks. */
public final class MemberCertificate {
  private final AuthorityKeeper keeper;
  private final OwnCertificate own;
  private final CertificateFiles files;
  private @Nullable CertificateSet written;

  public MemberCertificate(AuthorityKeeper keeper, OwnCertificate own, CertificateFiles files) {
    this.keeper = keeper;
    this.own = own;
    this.files = files;
  }

  /** Looks for new authorities, and writes what has changed. To be repeated. */
  public synchronized void keep() {
    keeper.refresh();
    CertificateSet set = own.current();
    if (!set.equals(written)) {
      files.write(set);
      written = set;
    }
  }
}
