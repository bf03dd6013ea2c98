package io.bpfman.operator;

import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.pki.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Configuration of the authority of operators and nodes.
 *
 * @param address where nodes enrol; empty: nowhere
 * @param edge where nodes that are no members connect; empty: nowhere
 * @param names DNS names and addresses of that; empty: the usual ones
 * @param rules lives of authorities and certificates
 * @param nodeRole what nodes of a Kubernetes cluster become
 */
public record PkiConfig(
    Optional<BindAddress> address,
    Optional<BindAddress> edge,
    List<String> names,
    AuthorityRules rules,
    Role nodeRole) {
  private static final ConfigKey<String> ADDRESS =
      ConfigKey.text("enrolment.bind-address", "Where nodes get certificates; 0: nowhere.")
          .withDefault("0");
  private static final ConfigKey<String> EDGE =
      ConfigKey.text("edge.bind-address", "Where nodes that are no members connect; 0: nowhere.")
          .withDefault("0");
  private static final ConfigKey<List<String>> NAMES =
      ConfigKey.list(
              "enrolment.names",
              "DNS names and addresses by which nodes reach this operator; none: those of the Service bpfman-enrolment, or of the loopback.")
          .withDefault(List.of());
  private static final ConfigKey<Boolean> MEMBERS =
      ConfigKey.flag(
          "enrolment.members",
          "Nodes of the Kubernetes cluster become members, which are trusted as operators are.");
  private static final ConfigKey<Duration> CERTIFICATE_LIFE =
      ConfigKey.duration(
              "certificate.life",
              Duration.ofSeconds(10),
              Duration.ofDays(7),
              "Life of a certificate; it is renewed after two thirds.")
          .withDefault(AuthorityRules.USUAL.leafLife());
  private static final ConfigKey<Duration> AUTHORITY_LIFE =
      ConfigKey.duration(
              "ca.life",
              Duration.ofMinutes(1),
              Duration.ofDays(7300),
              "Life of an authority; a new one comes after two thirds.")
          .withDefault(AuthorityRules.USUAL.authorityLife());

  public static final List<ConfigKey<?>> KEYS =
      List.of(ADDRESS, EDGE, NAMES, MEMBERS, CERTIFICATE_LIFE, AUTHORITY_LIFE);

  public static PkiConfig from(ConfigValues values) {
    return new PkiConfig(
        BindAddress.of(values, ADDRESS),
        BindAddress.of(values, EDGE),
        values.get(NAMES),
        new AuthorityRules(values.get(AUTHORITY_LIFE), values.get(CERTIFICATE_LIFE)),
        values.get(MEMBERS) ? Role.MEMBER : Role.NODE);
  }

  List<String> namesOr(List<String> usual) {
    return names.isEmpty() ? usual : names;
  }
}
