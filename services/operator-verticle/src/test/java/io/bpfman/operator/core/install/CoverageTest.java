package io.bpfman.operator.core.install;

import static io.bpfman.operator.core.install.InstallFixtures.PLAIN;
import static io.bpfman.operator.core.install.InstallFixtures.config;
import static io.bpfman.operator.core.install.InstallFixtures.object;
import static io.bpfman.operator.core.install.InstallFixtures.objects;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.Config;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTest {
  private static final GenericKubernetesResource WANTED =
      object(objects(withRegistrar(), PLAIN), "DaemonSet", "bpfman-daemon");

  private static boolean coveredAfter(Consumer<DaemonSet> change) {
    DaemonSet actual = new Copy(WANTED).daemonSet();
    change.accept(actual);
    return Coverage.covers(WANTED, Trees.generic(actual));
  }

  /** It is the container with arguments. */
  private static Config withRegistrar() {
    Config config = config();
    config.getSpec().getDaemon().setCsiRegistrarImage("registrar:1");
    return config;
  }

  private record Copy(GenericKubernetesResource from) {
    DaemonSet daemonSet() {
      return Trees.parse(Trees.text(from), DaemonSet.class);
    }
  }

  @Test
  void anObjectCoversItself() {
    assertTrue(coveredAfter(set -> {}));
  }

  @Test
  void whatOthersAddIsNoDifference() {
    assertTrue(
        coveredAfter(
            set -> {
              set.getMetadata().getLabels().put("team", "net");
              set.getMetadata().setResourceVersion("17");
              set.getSpec().setRevisionHistoryLimit(3);
              set.getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers()
                  .add(0, new ContainerBuilder().withName("sidecar").build());
            }));
  }

  @Test
  void aChangedValueIsADifference() {
    assertFalse(
        coveredAfter(
            set -> set.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("x")));
  }

  @Test
  void aContainerThatIsGoneIsADifference() {
    assertFalse(
        coveredAfter(set -> set.getSpec().getTemplate().getSpec().getContainers().remove(2)));
  }

  @Test
  void aLabelThatIsGoneIsADifference() {
    assertFalse(coveredAfter(set -> set.getMetadata().setLabels(Map.of("team", "net"))));
  }

  @Test
  void anOwnerThatIsGoneIsADifference() {
    assertFalse(coveredAfter(set -> set.getMetadata().setOwnerReferences(List.of())));
  }

  @Test
  void anArgumentMoreIsADifferenceSinceSuchListsBelongToOneOwner() {
    assertFalse(
        coveredAfter(
            set ->
                set.getSpec().getTemplate().getSpec().getContainers().stream()
                    .filter(container -> container.getName().equals("node-driver-registrar"))
                    .forEach(container -> container.getArgs().add("--x"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"apiVersion: v1\nkind: A\nmetadata: {name: a}\nn: {}\nl: []\n"})
  void whatIsEmptyMayBeLeftOut(String yaml) {
    assertTrue(
        Coverage.covers(
            Trees.parse(yaml, GenericKubernetesResource.class),
            Trees.parse(
                "apiVersion: v1\nkind: A\nmetadata: {name: a}\n",
                GenericKubernetesResource.class)));
  }
}
