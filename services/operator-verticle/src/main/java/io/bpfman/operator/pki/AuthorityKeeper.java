package io.bpfman.operator.pki;

import io.bpfman.operator.pki.core.Authorities;
import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.operator.pki.core.Identity;
import io.bpfman.operator.pki.core.Leaf;
import io.bpfman.operator.pki.port.StoredKeyring;
import io.bpfman.operator.pki.port.TrustBundle.Outcome;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Pem;
import io.bpfman.runtime.pki.Role;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities of operators and nodes. Every replica reads them with {@link #refresh}, makes the
 * first one when there is none, and signs; only the leader, by {@link #lead}, replaces.
 * Thread-safe; what goes to the store blocks.
 */
public final class AuthorityKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(AuthorityKeeper.class);

  private final AuthorityRules rules;
  private final CertificatePorts ports;
  private volatile @Nullable Authorities known;

  public AuthorityKeeper(AuthorityRules rules, CertificatePorts ports) {
    this.rules = rules;
    this.ports = ports;
  }

  /**
   * Reads what there is; makes the first one when there is nothing. Blocks.
   *
   * @throws IllegalStateException when what is there cannot be read; the leader replaces it
   */
  public Authorities refresh() {
    StoredKeyring stored = readOrCreate();
    try {
      Authorities read = Authorities.read(stored.texts());
      known = read;
      return read;
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          describe() + ": " + e.getMessage() + "; the leader makes a new one", e);
    }
  }

  /** As last read; read first when they never were, which blocks. */
  public Authorities authorities() {
    Authorities present = known;
    return present == null ? refresh() : present;
  }

  /** For messages. */
  public String describe() {
    return ports.store().describe();
  }

  /**
   * One step of the leader: replaces what is due and tells others whom to trust. To be repeated at
   * an interval that is small against the life of a certificate. Blocks.
   */
  public synchronized void lead() {
    Instant now = ports.clock().instant();
    StoredKeyring stored = readOrCreate();
    Optional<Authorities> present = parse(stored);
    Authorities next =
        present
            .map(held -> rules.next(held, ports.maker(), now))
            .orElseGet(() -> rules.begin(ports.maker(), now));
    if (present.filter(next::equals).isEmpty()) {
      if (!ports.store().replace(stored.version(), next.write())) {
        LOG.info("{} was changed by another replica; looking again", describe());
        return;
      }
      LOG.info("{} now holds {}", describe(), next.all());
    }
    known = next;
    publish(next);
  }

  private void publish(Authorities next) {
    if (ports.trust().publish(Pem.write(next.certificates())) == Outcome.WRITTEN) {
      LOG.info("nodes are told to trust the authorities of {}", describe());
    }
  }

  private Optional<Authorities> parse(StoredKeyring stored) {
    try {
      return Optional.of(Authorities.read(stored.texts()));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is broken; a new one takes its place, and nodes enrol again", describe(), e);
      return Optional.empty();
    }
  }

  private StoredKeyring readOrCreate() {
    return Keyrings.readOrCreate(
        ports.store(), () -> rules.begin(ports.maker(), ports.clock().instant()).write());
  }

  /**
   * A certificate for {@code identity}, with the names of its role.
   *
   * @param hosts further DNS names and addresses of a server
   */
  public X509Certificate issue(PeerIdentity identity, PublicKey key, List<String> hosts) {
    Instant now = ports.clock().instant();
    Identity signing = rules.signing(authorities(), now);
    List<String> names = new ArrayList<>(identity.role().names());
    names.addAll(hosts);
    Leaf leaf =
        new Leaf(
            "bpfman-" + identity.role().word(),
            key,
            names,
            List.of(identity.uri()),
            uses(identity.role()));
    return ports.maker().leaf(signing, leaf, rules.leafValidity(signing, now));
  }

  private static Set<Leaf.Use> uses(Role role) {
    return switch (role) {
      case NODE -> Set.of(Leaf.Use.CLIENT);
      case MEMBER, OPERATOR -> Set.of(Leaf.Use.CLIENT, Leaf.Use.SERVER);
      case EDGE -> Set.of(Leaf.Use.SERVER);
    };
  }

  /** Whether one of the present authorities has signed a certificate that holds now. */
  public boolean isValid(X509Certificate certificate) {
    Instant now = ports.clock().instant();
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && now.isBefore(certificate.getNotAfter().toInstant())
        && authorities().certificates().stream()
            .anyMatch(authority -> CertificateSet.isSigned(certificate, authority));
  }
}
