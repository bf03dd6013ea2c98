package io.bpfman.runtime.cluster;

import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.Logging;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.names.NameCache;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the mains of operator, agent and bridge have in common: settings, help, log level, one
 * sentence on stderr when the start is refused.
 *
 * @param program name of the launcher
 * @param keys of the service itself; those of the cluster and the log level are added
 * @param membership what kind of member it is
 * @param verticles reads the settings once and answers what makes new verticles for each join
 */
public record ClusteredService(
    String program,
    List<ConfigKey<?>> keys,
    UnaryOperator<ClusterConfig> membership,
    Function<ConfigValues, Supplier<List<? extends Deployable>>> verticles) {
  /** Every setting that the program understands. */
  public List<ConfigKey<?>> allKeys() {
    return ConfigReader.join(keys, List.of(Logging.LEVEL), ClusterConfig.KEYS);
  }

  /**
   * Blocks until SIGTERM or SIGINT. Answers the exit code: 0, or 1 after one sentence on stderr.
   */
  public int run(Map<String, String> environment, List<String> arguments) {
    NameCache.shorten();
    ConfigReader reader = new ConfigReader(environment, arguments);
    if (reader.wantsHelp()) {
      System.out.print(ConfigReader.help(program, allKeys()));
      return 0;
    }
    try {
      Runnable service = reader.read(allKeys(), this::service);
      service.run();
      return 0;
    } catch (BpfmanException e) {
      System.err.println(program + ": " + e.getMessage());
      return 1;
    }
  }

  private Runnable service(ConfigValues values) {
    Logging.configure(values.get(Logging.LEVEL));
    ClusterConfig cluster = membership.apply(ClusterConfig.from(values));
    Supplier<List<? extends Deployable>> supplier = verticles.apply(values);
    return () -> ServiceHost.run(program, cluster, supplier);
  }
}
