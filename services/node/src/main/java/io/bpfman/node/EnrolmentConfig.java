package io.bpfman.node;

import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.names.PeerName;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.EnrolmentSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the node's process comes to its certificate. */
final class EnrolmentConfig {
  /** Of the Service bpfman-enrolment. */
  private static final int DEFAULT_PORT = 9444;

  private static final ConfigKey<String> SERVER =
      ConfigKey.text(
              "enrolment.server",
              "Where an operator gives certificates, host:port; unless set, somebody else puts them"
                  + " into --edge-tls-directory.")
          .optional();
  private static final ConfigKey<Path> TOKEN =
      ConfigKey.path(
              "enrolment.token",
              "File of the token to enrol with; read anew at each try. Not needed to renew.")
          .optional();
  private static final ConfigKey<Path> AUTHORITIES =
      ConfigKey.path(
              "enrolment.authorities",
              "File of the authorities (PEM) that the operator's certificate must be of, beside"
                  + " those that came with the node's own.")
          .optional();

  static final List<ConfigKey<?>> KEYS = List.of(SERVER, TOKEN, AUTHORITIES);

  private EnrolmentConfig() {}

  /**
   * Empty when somebody else looks after certificates.
   *
   * @param directory where they are kept
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID
   */
  static Optional<EnrolmentSettings> from(ConfigValues values, String node, Path directory) {
    return values
        .find(SERVER)
        .map(
            server ->
                new EnrolmentSettings(
                    node,
                    server(server),
                    new EnrolmentSettings.Given(
                        values.find(TOKEN).orElse(null), values.find(AUTHORITIES).orElse(null)),
                    new CertificateFiles(directory),
                    EnrolmentSettings.Times.usual()));
  }

  private static EnrolmentSettings.Server server(String text) {
    PeerName server = PeerName.parse(text, DEFAULT_PORT);
    return new EnrolmentSettings.Server(server.host(), server.port());
  }
}
