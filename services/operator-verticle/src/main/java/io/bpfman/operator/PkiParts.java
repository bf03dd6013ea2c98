package io.bpfman.operator;

import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.edge.EdgeVerticle;
import io.bpfman.operator.pki.AuthorityKeeper;
import io.bpfman.operator.pki.CertificatePorts;
import io.bpfman.operator.pki.CertificateStepVerticle;
import io.bpfman.operator.pki.EnrolmentSettings;
import io.bpfman.operator.pki.EnrolmentVerticle;
import io.bpfman.operator.pki.MemberCertificate;
import io.bpfman.operator.pki.OwnCertificate;
import io.bpfman.operator.pki.port.KeyringStore;
import io.bpfman.operator.pki.port.TokenCheck;
import io.bpfman.operator.pki.port.TrustBundle;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.Deployable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The authority of operators and nodes, and what runs for it. Touches nothing until it is used. */
public final class PkiParts {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int PER_LIFE = 20;

  private final PkiConfig config;
  private final Ends ends;
  private final AuthorityKeeper keeper;
  private final MemberCertificate member;
  private final OwnCertificate edge;

  /**
   * What differs between hosts and Kubernetes.
   *
   * @param store of the authorities
   * @param trust where others learn of them
   * @param tokens of nodes
   * @param operator this process
   */
  public record Ends(KeyringStore store, TrustBundle trust, TokenCheck tokens, Self operator) {}

  /**
   * This process.
   *
   * @param name in its certificates
   * @param files of the certificate that it shows to other members
   * @param hosts by which nodes reach it, unless the configuration names others
   */
  public record Self(String name, CertificateFiles files, List<String> hosts) {}

  public PkiParts(PkiConfig config, Ends ends) {
    BouncyCastleMaker maker = new BouncyCastleMaker();
    InstantSource clock = InstantSource.system();
    this.config = config;
    this.ends = ends;
    this.keeper =
        new AuthorityKeeper(
            config.rules(), new CertificatePorts(ends.store(), ends.trust(), maker, clock));
    OwnCertificate.Ports ports = new OwnCertificate.Ports(maker, clock);
    Self self = ends.operator();
    this.edge =
        new OwnCertificate(
            keeper, ports, new PeerIdentity(Role.EDGE, self.name()), config.namesOr(self.hosts()));
    this.member =
        new MemberCertificate(
            keeper,
            new OwnCertificate(
                keeper, ports, new PeerIdentity(Role.OPERATOR, self.name()), List.of()),
            self.files());
  }

  /** Puts the member's certificate into its files; before this process joins anything. Blocks. */
  public void prepare() {
    member.keep();
  }

  /** Certificate of the servers that nodes connect to, with the authorities of theirs. */
  public OwnCertificate edge() {
    return edge;
  }

  /** What runs whether this operator leads or not. */
  public List<Supplier<Deployable>> always() {
    List<Supplier<Deployable>> parts = new ArrayList<>();
    parts.add(
        () -> new CertificateStepVerticle(member::keep, "this operator's certificate", interval()));
    config
        .address()
        .ifPresent(
            address ->
                parts.add(
                    () ->
                        new EnrolmentVerticle(
                            new EnrolmentSettings(
                                address,
                                edge,
                                keeper,
                                ends.tokens(),
                                EnrolmentSettings.Times.usual(PkiParts::steady)))));
    String name = ends.operator().name();
    config
        .edge()
        .ifPresent(address -> parts.add(() -> new EdgeVerticle(address, edge::current, name)));
    return parts;
  }

  /** What runs while it leads. */
  public List<Supplier<Deployable>> whileLeading() {
    return List.of(() -> new CertificateStepVerticle(keeper::lead, keeper.describe(), interval()));
  }

  /** Small against the life of a certificate. */
  private Duration interval() {
    Duration share = config.rules().leafLife().dividedBy(PER_LIFE);
    return share.compareTo(INTERVAL) < 0 ? share : INTERVAL;
  }

  private static Instant steady() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }
}
