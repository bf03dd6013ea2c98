package io.bpfman.operator.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.manifest.ObjectValidator;
import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.operator.adapter.k8s.pki.SecretKeyringStore;
import io.bpfman.operator.adapter.k8s.webhook.WebhookConfigurationTrust;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** k8s/webhook and the code name the same things. */
class WebhookManifestTest {
  private static final Path DIRECTORY = Path.of(System.getProperty("bpfman.root"), "k8s/webhook");

  private static String text(String file) throws IOException {
    return Files.readString(DIRECTORY.resolve(file));
  }

  private static <T> T read(String file, Class<T> type) throws IOException {
    return new KubernetesSerialization().unmarshal(text(file), type);
  }

  private static ValidatingWebhook hook() throws IOException {
    var configuration = read("configuration.yaml", ValidatingWebhookConfiguration.class);
    assertEquals(WebhookConfigurationTrust.NAME, configuration.getMetadata().getName());
    assertEquals(1, configuration.getWebhooks().size());
    return configuration.getWebhooks().getFirst();
  }

  @Test
  void theConfigurationLeadsThroughTheServiceToTheWebhook() throws IOException {
    Service service = read("service.yaml", Service.class);
    ServiceReference target = hook().getClientConfig().getService();
    assertEquals(service.getMetadata().getName(), target.getName());
    assertEquals(service.getMetadata().getNamespace(), target.getNamespace());
    assertEquals(service.getSpec().getPorts().getFirst().getPort(), target.getPort());
    assertEquals(
        WebhookSettings.PORT, service.getSpec().getPorts().getFirst().getTargetPort().getIntVal());
    assertEquals(WebhookSettings.PATH, target.getPath());
  }

  @Test
  void onlyOurKindsAreAskedAboutAndNobodyIsBlocked() throws IOException {
    ValidatingWebhook hook = hook();
    RuleWithOperations rule = hook.getRules().getFirst();
    assertEquals(1, hook.getRules().size());
    assertEquals(List.of(ApiNames.GROUP), rule.getApiGroups());
    assertEquals(List.of(ApiNames.VERSION), rule.getApiVersions());
    assertEquals(ObjectValidator.kinds().size(), rule.getResources().size());
    assertTrue(rule.getResources().stream().noneMatch(r -> r.contains("/") || r.contains("*")));
    assertEquals("Ignore", hook.getFailurePolicy());
    assertEquals("None", hook.getSideEffects());
  }

  @Test
  void theRightsAreForTheObjectsThatAreWritten() throws IOException {
    String roles = text("role.yaml");
    assertTrue(roles.contains("resourceNames: [" + SecretKeyringStore.WEBHOOK + "]"));
    assertTrue(roles.contains("resourceNames: [" + WebhookConfigurationTrust.NAME + "]"));
  }
}
