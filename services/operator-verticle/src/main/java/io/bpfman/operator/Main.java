package io.bpfman.operator;

import io.bpfman.model.BpfmanException;
import io.bpfman.operator.adapter.files.EpochFile;
import io.bpfman.operator.adapter.files.KeyringFile;
import io.bpfman.operator.adapter.files.TokenDirectory;
import io.bpfman.operator.adapter.files.TrustFile;
import io.bpfman.operator.adapter.k8s.KubernetesParts;
import io.bpfman.operator.adapter.k8s.KubernetesPki;
import io.bpfman.operator.adapter.k8s.KubernetesPorts;
import io.bpfman.operator.adapter.manifest.ManifestDirectory;
import io.bpfman.operator.adapter.manifest.StatusDirectory;
import io.bpfman.operator.core.install.DefaultConfig;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ClusteredService;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.pki.CertificateFiles;
import io.vertx.core.Deployable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code bpfman-operator}, with the Kubernetes API or a directory of manifests as its source. */
public final class Main {
  static final ClusteredService SERVICE =
      new ClusteredService(
          "bpfman-operator",
          ConfigReader.join(OperatorConfig.KEYS, KubernetesConfig.KEYS, PkiConfig.KEYS),
          ClusterConfig::asDataMember,
          Main::verticles);

  /** Prints the Config that the operator makes where there is none. */
  private static final String DEFAULT_CONFIG = "default-config";

  private static final String ALONE = "operator";
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    List<String> words = List.of(arguments);
    int code = run(words);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int run(List<String> words) {
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (words.isEmpty() ? "" : words.getFirst()) {
      case DEFAULT_CONFIG -> printDefaultConfig(rest);
      case EnrollCommand.NAME ->
          EnrollCommand.run(
              System.getenv(), rest, new EnrollCommand.Streams(System.out, System.err));
      default -> SERVICE.run(System.getenv(), words);
    };
  }

  private static int printDefaultConfig(List<String> arguments) {
    ConfigReader reader = new ConfigReader(System.getenv(), arguments);
    if (reader.wantsHelp()) {
      System.out.print(
          ConfigReader.help("bpfman-operator " + DEFAULT_CONFIG, KubernetesConfig.KEYS));
      return 0;
    }
    try {
      System.out.print(
          DefaultConfig.yaml(reader.read(KubernetesConfig.KEYS, KubernetesConfig::from).install()));
      return 0;
    } catch (BpfmanException e) {
      System.err.println("bpfman-operator: " + e.getMessage());
      return 1;
    }
  }

  private static Supplier<List<? extends Deployable>> verticles(ConfigValues values) {
    OperatorConfig config = OperatorConfig.from(values);
    KubernetesConfig kubernetes = KubernetesConfig.from(values);
    PkiConfig pki = PkiConfig.from(values);
    OperatorPorts.Factory ports =
        kubernetes.enabled() ? kubernetes(config, kubernetes, pki) : manifests(config, pki);
    return () -> List.of(new OperatorVerticle(config, ports, InstantSource.system()));
  }

  private static OperatorPorts.Factory manifests(OperatorConfig config, PkiConfig pki) {
    PkiParts parts =
        new PkiParts(
            pki,
            new PkiParts.Ends(
                new KeyringFile(config.authorities()),
                new TrustFile(OperatorConfig.bundle(config.state())),
                new TokenDirectory(OperatorConfig.tokens(config.state()), InstantSource.system()),
                new PkiParts.Self(
                    ALONE, new CertificateFiles(config.memberCertificate()), LOOPBACK)));
    parts.prepare();
    return OperatorPorts.alone(
        () ->
            new OperatorPorts.Ends(
                new ManifestDirectory(config.manifests()), new StatusDirectory(config.manifests())),
        new EpochFile(config.epochFile(), InstantSource.system()),
        new OperatorPorts.Beside(parts.always(), parts.whileLeading()));
  }

  private static OperatorPorts.Factory kubernetes(
      OperatorConfig operator, KubernetesConfig config, PkiConfig pki) {
    KubernetesPki parts =
        new KubernetesPki(config, pki, new CertificateFiles(operator.memberCertificate()));
    parts.prepare();
    return new KubernetesPorts(
        new KubernetesPorts.Settings(
            KubernetesPorts.config(config.kubeconfig().orElse(null)),
            config.namespace(),
            config.identity().map(name -> name + "_").orElse("bpfman-operator-")
                + UUID.randomUUID(),
            config.lease(),
            new KubernetesPorts.KeyFiles(operator.privateKey(), operator.publicKey()),
            new KubernetesParts(config, parts),
            () -> Instant.EPOCH.plusNanos(System.nanoTime()),
            InstantSource.system()));
  }
}
