package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.operator.core.install.InstallSettings;
import io.bpfman.operator.core.install.Platform;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
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
  private final WorkQueue<Task> queue;
  private final Watches watches;
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
    this.queue = new WorkQueue<>(settings.backoff(), GAP, this::run);
    this.watches = new Watches(client, this::changed);
    this.reconciler = new ConfigReconciler(client, settings, clock, watches::follow);
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
    watches.close();
  }

  private void changed(Watches.Change change) {
    boolean config = change.object().kind().equals(ApiNames.CONFIG_KIND);
    if (config && change.edited()) {
      queue.hurry(Task.CONFIG);
    } else {
      queue.add(Task.CONFIG);
    }
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
