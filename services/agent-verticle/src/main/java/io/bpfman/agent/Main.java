package io.bpfman.agent;

import io.bpfman.runtime.cluster.ClusteredService;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.health.HealthVerticle;
import io.bpfman.runtime.health.MetricsSettings;
import io.bpfman.runtime.health.MetricsVerticle;
import io.bpfman.runtime.health.ProcessMetrics;
import io.bpfman.runtime.http.BindAddress;
import io.vertx.core.Deployable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code bpfman-agent}: the agent as a process of its own. */
public final class Main {
  static final ClusteredService SERVICE =
      new ClusteredService(
          "bpfman-agent",
          ConfigReader.join(AgentConfig.KEYS, AgentEndpoints.KEYS),
          UnaryOperator.identity(),
          Main::verticles);

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int code = SERVICE.run(System.getenv(), List.of(arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  private static Supplier<List<? extends Deployable>> verticles(ConfigValues values) {
    AgentConfig config = AgentConfig.from(values);
    AgentEndpoints endpoints = AgentEndpoints.from(values);
    return () -> verticles(config, endpoints);
  }

  private static List<Deployable> verticles(AgentConfig config, AgentEndpoints endpoints) {
    AgentVerticle agent = new AgentVerticle(config);
    List<Deployable> all = new ArrayList<>(List.of(agent));
    endpoints.health().ifPresent(where -> all.add(new HealthVerticle(where, agent::missing)));
    endpoints.metrics().ifPresent(where -> all.add(metrics(where)));
    return all;
  }

  private static Deployable metrics(BindAddress where) {
    // It lives as long as the process.
    ProcessMetrics metrics = new ProcessMetrics();
    return new MetricsVerticle(MetricsSettings.plain(where), metrics::text);
  }
}
