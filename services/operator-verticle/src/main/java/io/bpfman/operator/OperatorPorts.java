package io.bpfman.operator;

import io.bpfman.operator.port.ApplicationSource;
import io.bpfman.operator.port.Leadership;
import io.bpfman.operator.port.StatusSink;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the operator works with.
 *
 * @param ends makes new ones for each time of leading, on the verticle's event loop
 * @param leadership who leads
 * @param companions make what runs beside it, whether it leads or not
 * @param leaderCompanions make what runs beside it while it leads
 * @param close gives everything back; blocks; idempotent
 */
public record OperatorPorts(
    Supplier<Ends> ends,
    Leadership leadership,
    List<Supplier<Deployable>> companions,
    List<Supplier<Deployable>> leaderCompanions,
    Runnable close) {
  /** Where applications come from and status goes. */
  public record Ends(ApplicationSource source, StatusSink sink) {}

  /** Called once for each start of the verticle, in its context; may block. */
  @FunctionalInterface
  public interface Factory {
    OperatorPorts open(Vertx vertx);
  }

  /** What runs beside the operator: always, and while it leads. */
  record Beside(List<Supplier<Deployable>> always, List<Supplier<Deployable>> whileLeading) {}

  /**
   * For one operator alone, without anything that must be closed.
   *
   * @param epochs gives a larger number at each call; may block
   */
  public static Factory alone(Supplier<Ends> ends, LongSupplier epochs) {
    return alone(ends, epochs, new Beside(List.of(), List.of()));
  }

  /** The same, with companions. */
  static Factory alone(Supplier<Ends> ends, LongSupplier epochs, Beside beside) {
    return vertx ->
        new OperatorPorts(
            ends,
            new SoleLeadership(vertx, epochs),
            beside.always(),
            beside.whileLeading(),
            () -> {});
  }
}
