package io.bpfman.operator.adapter.k8s.webhook;

import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real API server with our kinds, and clients of the administrator and of the operator. */
abstract class WebhookCase {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  static KubernetesClient client;
  static KubernetesClient operator;

  Vertx vertx;

  @BeforeAll
  static void connect() {
    client = Admissions.administrator(KUBE);
    operator = Admissions.operator(KUBE);
    Admissions.install(KUBE, client);
  }

  @AfterAll
  static void disconnect() {
    operator.close();
    client.close();
  }

  @BeforeEach
  void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void removeAll() {
    Replica.result(vertx.close());
    Admissions.removeAll(client);
  }
}
