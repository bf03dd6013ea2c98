package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.operator.adapter.k8s.tools.Handler;
import io.bpfman.operator.adapter.k8s.tools.Handler.Change;
import io.bpfman.operator.adapter.k8s.tools.Informers;
import io.bpfman.operator.adapter.k8s.tools.KeyQueue;
import io.bpfman.operator.core.install.InstallSettings;
import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.operator.core.install.Platform;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what runs on the nodes as the Config, or the older ConfigMap, says. Only one in a cluster
 * may run: that of the leader.
 */
public final class ConfigController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigController.class);

  /** Between two looks at everything, however many objects change. */
  private static final Duration GAP = Duration.ofMillis(200);

  private final KubernetesClient client;
  private final InstallSettings settings;
  private final KeyQueue<Task> queue;
  private final Informers<ObjectRef> informers = new Informers<>();
  private final ConfigReconciler reconciler;
  private @Nullable Platform platform;

  private enum Task {
    DISCOVERY("asking which APIs the cluster has"),
    CONFIG("Config " + ApiNames.CONFIG_NAME);

    private final String words;

    Task(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * @param client stays the caller's, who closes it after this
   */
  public ConfigController(KubernetesClient client, InstallSettings settings, InstantSource clock) {
    this.client = client;
    this.settings = settings;
    this.queue = new KeyQueue<>(new KeyQueue.Limits(1, settings.backoff(), GAP), this::run);
    this.reconciler = new ConfigReconciler(client, settings, clock, this::follow);
  }

  /** Begins and returns at once; everything goes on on threads of its own. Once. */
  public void start() {
    queue.start("bpfman-config");
    queue.add(Task.DISCOVERY);
  }

  /** Ends watches and work, and waits for what is in the middle of a call. Idempotent. */
  @Override
  public void close() {
    queue.close();
    informers.close();
  }

  /** Exactly these from now on, each by its name. */
  private void follow(Set<ObjectRef> objects) {
    informers.retain(objects);
    objects.stream().filter(object -> !informers.follows(object)).forEach(this::begin);
  }

  private void begin(ObjectRef object) {
    informers.follow(
        object,
        ObjectAccess.resource(client, object),
        ConfigController::trim,
        new Handler<>(change -> changed(object, change)));
  }

  /** What changed is read anew; that it did is enough. */
  private static void trim(GenericKubernetesResource object) {
    object.getMetadata().setManagedFields(null);
    object.setAdditionalProperties(new HashMap<>());
  }

  private void changed(ObjectRef object, Change<GenericKubernetesResource> change) {
    if (object.kind().equals(ApiNames.CONFIG_KIND) && change.differs(ConfigController::isEdit)) {
      queue.hurry(Task.CONFIG);
    } else {
      queue.add(Task.CONFIG);
    }
  }

  /** Whether more than status or metadata differs. */
  private static boolean isEdit(HasMetadata before, HasMetadata now) {
    return !Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration());
  }

  private Optional<Duration> run(Task task) {
    return switch (task) {
      case DISCOVERY -> discover();
      case CONFIG -> reconcile();
    };
  }

  private Optional<Duration> discover() {
    Platform found = PlatformDiscovery.of(client);
    if (!found.equals(platform)) {
      LOG.info(
          "the cluster has {}ServiceMonitors and is {}OpenShift",
          found.monitoring() ? "" : "no ",
          found.openShift() ? "" : "not ");
      platform = found;
      queue.hurry(Task.CONFIG);
    }
    return Optional.of(settings.discovery());
  }

  private Optional<Duration> reconcile() {
    if (platform != null) {
      reconciler.run(platform);
    }
    return Optional.empty();
  }
}
