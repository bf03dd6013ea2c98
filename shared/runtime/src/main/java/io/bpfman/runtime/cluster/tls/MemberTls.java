package io.bpfman.runtime.cluster.tls;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.CertificateWatch;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of this member, which are read again when their files have changed; files that
 * cannot be used leave those that were read before. For any thread; blocks for reading.
 */
public final class MemberTls {
  private static final Logger LOG = LoggerFactory.getLogger(MemberTls.class);

  private final Path directory;
  private final CertificateWatch watch;
  private MemberKeys current;

  private MemberTls(Path directory, CertificateWatch watch, MemberKeys current) {
    this.directory = directory;
    this.watch = watch;
    this.current = current;
  }

  /**
   * Reads {@code ca.crt}, {@code tls.crt} and {@code tls.key}.
   *
   * @throws BpfmanException UNAVAILABLE when they are not there (yet) or cannot be used
   */
  public static MemberTls read(Path directory) {
    CertificateWatch watch = new CertificateWatch(new CertificateFiles(directory));
    try {
      CertificateSet set =
          watch.changed().orElseThrow(() -> new IllegalStateException("there are none yet"));
      return new MemberTls(directory, watch, MemberKeys.of(set));
    } catch (IllegalStateException e) {
      throw FailureCode.UNAVAILABLE.because(
          "no certificates of a member in %s: %s".formatted(directory, e.getMessage()),
          "put ca.crt, tls.crt and tls.key there, as the operator's CA makes them",
          e);
    }
  }

  /** Those of now. */
  synchronized MemberKeys keys() {
    try {
      Optional<MemberKeys> fresh = watch.changed().map(MemberKeys::of);
      if (fresh.isPresent()) {
        current = fresh.get();
        LOG.info("certificates of {} were read again: {}", directory, current.set());
      }
    } catch (IllegalStateException e) {
      LOG.warn("the certificates that were read before stay in use: {}", e.getMessage());
    }
    return current;
  }
}
