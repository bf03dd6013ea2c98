package io.bpfman.operator.adapter.k8s.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bpfman.operator.pki.port.TrustBundle;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.List;

/**
 * The field caBundle of every webhook of one ValidatingWebhookConfiguration, written by server-side
 * apply, so that everything else in it stays whoever's it is.
 */
public final class WebhookConfigurationTrust implements TrustBundle {
  /** Name in k8s/webhook. */
  public static final String NAME = "bpfman-validating-webhook-configuration";

  private static final String FIELD_MANAGER = "bpfman-operator-webhook";

  private final KubernetesClient client;
  private final String name;

  /**
   * @param client stays the caller's
   * @param name of the ValidatingWebhookConfiguration
   */
  public WebhookConfigurationTrust(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  @Override
  public Outcome publish(String bundle) {
    String encoded = Base64.getEncoder().encodeToString(bundle.getBytes(UTF_8));
    ValidatingWebhookConfiguration found =
        client.admissionRegistration().v1().validatingWebhookConfigurations().withName(name).get();
    if (found == null || found.getWebhooks().isEmpty()) {
      return Outcome.NO_CONFIGURATION;
    }
    boolean all =
        found.getWebhooks().stream()
            .allMatch(hook -> encoded.equals(hook.getClientConfig().getCaBundle()));
    if (all) {
      return Outcome.UNCHANGED;
    }
    client
        .resource(configuration(found.getWebhooks(), encoded))
        .fieldManager(FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
    return Outcome.WRITTEN;
  }

  private ValidatingWebhookConfiguration configuration(
      List<ValidatingWebhook> webhooks, String encoded) {
    List<ValidatingWebhook> bundles =
        webhooks.stream()
            .map(
                hook ->
                    new ValidatingWebhookBuilder()
                        .withName(hook.getName())
                        .withNewClientConfig()
                        .withCaBundle(encoded)
                        .endClientConfig()
                        .build())
            .toList();
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withWebhooks(bundles)
        .build();
  }
}
