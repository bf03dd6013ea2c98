package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.operator.adapter.k8s.tools.ApiWords;
import io.bpfman.operator.adapter.k8s.tools.EventRecorder;
import io.bpfman.operator.core.install.ConfigConditions;
import io.bpfman.operator.core.install.ConfigConditions.Verdict;
import io.bpfman.operator.core.install.DesiredObjects;
import io.bpfman.operator.core.install.InstallSettings;
import io.bpfman.operator.core.install.NodeSetup;
import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.operator.core.install.Outcome;
import io.bpfman.operator.core.install.Platform;
import io.bpfman.operator.core.install.Setups;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One look at everything, and what follows from it. Blocking; on one thread. */
final class ConfigReconciler {
  /** Between two Events that say the same: a failure is tried again for as long as it lasts. */
  private static final Duration QUIET = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final InstallSettings settings;
  private final ConfigObject configs;
  private final ObjectApplier applier;
  private final OutcomeEvents events;
  private final Consumer<Set<ObjectRef>> watched;

  /**
   * @param watched told which objects count
   */
  ConfigReconciler(
      KubernetesClient client,
      InstallSettings settings,
      InstantSource clock,
      Consumer<Set<ObjectRef>> watched) {
    this.client = client;
    this.settings = settings;
    this.configs = new ConfigObject(client, clock);
    this.applier = new ObjectApplier(client);
    this.events = new OutcomeEvents(new EventRecorder(client, clock, QUIET));
    this.watched = watched;
  }

  /**
   * Reads before it writes, and writes only what differs.
   *
   * @throws BpfmanException UNAVAILABLE when something is not as it should be; the status says what
   */
  void run(Platform platform) {
    Optional<Config> config = configs.read();
    if (config.isPresent()) {
      configs.release(config.get());
      if (config.get().getMetadata().getDeletionTimestamp() == null) {
        byConfig(config.get(), platform);
      } else {
        watched.accept(sources());
      }
      return;
    }
    ConfigMap older = olderConfigMap();
    if (Setups.isSource(older)) {
      byConfigMap(older, platform);
    } else {
      watched.accept(sources());
      removeUnowned(platform);
    }
  }

  private ConfigMap olderConfigMap() {
    return client
        .configMaps()
        .inNamespace(settings.namespace())
        .withName(ApiNames.CONFIG_NAME)
        .get();
  }

  /** What decides, be it there or not. */
  private Set<ObjectRef> sources() {
    return Set.of(
        new ObjectRef(ApiNames.API_VERSION, ApiNames.CONFIG_KIND, null, ApiNames.CONFIG_NAME),
        new ObjectRef("v1", "ConfigMap", settings.namespace(), ApiNames.CONFIG_NAME));
  }

  private void byConfig(Config config, Platform platform) {
    NodeSetup setup;
    try {
      setup = Setups.of(config, settings);
    } catch (BpfmanException e) {
      watched.accept(sources());
      configs.status(
          config,
          List.of(
              new Verdict(
                  ConfigConditions.APPLIED, false, e.code().reason(), e.failure().describe())));
      throw e;
    }
    List<Outcome> outcomes = apply(setup, platform);
    configs.status(config, List.of(ConfigConditions.applied(outcomes), available(setup)));
    finish(config, outcomes);
  }

  private void byConfigMap(ConfigMap map, Platform platform) {
    NodeSetup setup;
    try {
      setup = Setups.of(map, settings);
    } catch (BpfmanException e) {
      watched.accept(sources());
      events.invalid(map, e);
      throw e;
    }
    finish(map, apply(setup, platform));
  }

  private List<Outcome> apply(NodeSetup setup, Platform platform) {
    List<GenericKubernetesResource> wanted = DesiredObjects.of(setup, settings, platform);
    Set<ObjectRef> counted = new HashSet<>(sources());
    List<Outcome> outcomes = new ArrayList<>();
    for (GenericKubernetesResource object : wanted) {
      ObjectRef ref = ObjectRef.of(object);
      if (setup.leaves(ref)) {
        outcomes.add(new Outcome.Unmanaged(ref));
      } else {
        Outcome outcome = applier.apply(object);
        outcomes.add(outcome);
        if (!ApiErrors.isOutOfReach(outcome)) {
          counted.add(ref);
        }
      }
    }
    watched.accept(counted);
    return outcomes;
  }

  /** Unknown where it cannot be read: what is applied is told all the same. */
  private Verdict available(NodeSetup setup) {
    ObjectRef object =
        new ObjectRef("apps/v1", "DaemonSet", setup.namespace(), DesiredObjects.DAEMON_SET);
    try {
      return ConfigConditions.available(ObjectAccess.resource(client, object).get());
    } catch (KubernetesClientException e) {
      return new Verdict(ConfigConditions.AVAILABLE, null, "Unreadable", ApiWords.of(e));
    }
  }

  private void finish(HasMetadata source, List<Outcome> outcomes) {
    outcomes.forEach(outcome -> events.tell(source, outcome));
    Verdict verdict = ConfigConditions.applied(outcomes);
    if (!Boolean.TRUE.equals(verdict.good())) {
      throw FailureCode.UNAVAILABLE.because(
          "%s is not in force: %s".formatted(ObjectRef.of(source), verdict.message()));
    }
  }

  /** What the older ConfigMap could not own. */
  private void removeUnowned(Platform platform) {
    for (ObjectRef object : DesiredObjects.clusterObjects(platform)) {
      GenericKubernetesResource found = ObjectAccess.resource(client, object).get();
      if (found != null && DesiredObjects.isUnowned(found)) {
        ObjectAccess.resource(client, object).delete();
      }
    }
  }
}
