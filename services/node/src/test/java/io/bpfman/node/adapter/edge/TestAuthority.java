package io.bpfman.node.adapter.edge;

import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.pki.core.Identity;
import io.bpfman.operator.pki.core.Leaf;
import io.bpfman.operator.pki.core.Validity;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PeerIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Certificates of the product's own maker. */
public final class TestAuthority {
  private final BouncyCastleMaker maker = new BouncyCastleMaker();
  private final Identity authority =
      maker.authority("test", Validity.of(Instant.now(), Duration.ofDays(1)));

  /** A certificate that has its role's DNS names, for {@code life} from now. */
  public CertificateFiles files(Path directory, PeerIdentity whom, Duration life) {
    return write(directory, whom.uri(), whom.role().names(), life);
  }

  /** The same with names that do not fit together. */
  CertificateFiles write(Path directory, URI uri, List<String> hosts, Duration life) {
    KeyPair pair = maker.newPair();
    X509Certificate leaf =
        maker.leaf(
            authority,
            new Leaf(
                "test",
                pair.getPublic(),
                hosts,
                List.of(uri),
                Set.of(Leaf.Use.SERVER, Leaf.Use.CLIENT)),
            Validity.of(Instant.now(), life));
    CertificateFiles files = new CertificateFiles(directory);
    files.write(
        new CertificateSet(List.of(leaf), pair.getPrivate(), List.of(authority.certificate())));
    return files;
  }
}
