package io.bpfman.testkit.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives test classes with {@code @Tag("kube")} a real control plane: etcd, kube-apiserver and
 * kube-controller-manager, no nodes. One for each JVM, on free ports of the loopback, started with
 * the first class that wants it and gone when the JVM is, however that ends. The first start on a
 * machine builds the programs from source, which takes minutes and needs Go; without Go the class
 * fails.
 *
 * <pre>{@code
 * @RegisterExtension static final KubeServer KUBE = new KubeServer();
 * }</pre>
 */
public final class KubeServer implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(KubeServer.class);

  private @Nullable ControlPlane controlPlane;

  @Override
  public void beforeAll(ExtensionContext context) {
    controlPlane =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                ControlPlane.class, key -> ControlPlane.start(), ControlPlane.class);
  }

  /** Credentials of an administrator and the server's address, as YAML. */
  public String kubeconfig() {
    try {
      return Files.readString(kubeconfigFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of {@link #kubeconfig()}. */
  public Path kubeconfigFile() {
    return running().kubeconfigFile();
  }

  /** Output of kubectl as administrator; IllegalStateException with its words when it fails. */
  public String kubectl(String... arguments) {
    return running().kubectl(arguments);
  }

  private ControlPlane running() {
    if (controlPlane == null) {
      throw new IllegalStateException("register it as a static field with @RegisterExtension");
    }
    return controlPlane;
  }
}
