package io.bpfman.operator.pki;

import io.bpfman.operator.pki.core.Authorities;
import io.bpfman.operator.pki.core.CertificateMaker;
import io.bpfman.runtime.http.CertificateSource;
import io.bpfman.runtime.http.ServingCertificate;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Pem;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that an operator makes for itself, for one role. Its key is in this process alone
 * unless somebody writes it. Thread-safe; may block.
 */
public final class OwnCertificate implements CertificateSource {
  private final AuthorityKeeper keeper;
  private final Ports ports;
  private final PeerIdentity identity;
  private final List<String> hosts;
  private @Nullable CertificateSet present;

  /** What it works with. */
  public record Ports(CertificateMaker maker, InstantSource clock) {}

  /**
   * @param hosts DNS names and addresses that clients use, beside those of the role
   */
  public OwnCertificate(
      AuthorityKeeper keeper, Ports ports, PeerIdentity identity, List<String> hosts) {
    this.keeper = keeper;
    this.ports = ports;
    this.identity = identity;
    this.hosts = List.copyOf(hosts);
  }

  /**
   * The certificate to use now: a new one at two thirds of the life of the last, and when its
   * authority is none any more. Changes as well when authorities do.
   */
  public synchronized CertificateSet current() {
    Authorities authorities = keeper.authorities();
    List<X509Certificate> trusted = authorities.certificates();
    CertificateSet held = present;
    Instant now = ports.clock().instant();
    if (held == null || !now.isBefore(held.renewal()) || !keeper.isValid(held.own())) {
      KeyPair pair = ports.maker().newPair();
      X509Certificate own = keeper.issue(identity, pair.getPublic(), hosts);
      held = new CertificateSet(List.of(own), pair.getPrivate(), trusted);
    } else if (!held.authorities().equals(trusted)) {
      held = new CertificateSet(held.chain(), held.key(), trusted);
    }
    present = held;
    return held;
  }

  /** For a server that lets those in who have a certificate of the same authorities. */
  @Override
  public Optional<ServingCertificate> read() {
    CertificateSet set = current();
    return Optional.of(
        new ServingCertificate(
            Pem.write(set.chain()), Pem.write(set.key()), Pem.write(set.authorities())));
  }

  @Override
  public String describe() {
    return keeper.describe();
  }
}
