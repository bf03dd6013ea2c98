package io.bpfman.agent;

import io.bpfman.agent.core.Action;
import io.bpfman.agent.core.Hint;
import io.bpfman.agent.core.ObservedApplication;
import io.bpfman.agent.core.Planner;
import io.bpfman.contract.Loader;
import io.bpfman.model.Failure;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the loader hold what is wanted and keeps it so, each application on its own. Used on one
 * event loop.
 */
final class Reconciler {
  /** A sweep asks the loader twice for all, a look twice for one application. */
  private static final int LOOKS_BEFORE_SWEEP = 4;

  private final Vertx vertx;
  private final AgentConfig config;
  private final AgentPorts ports;
  private final Loader loader;
  private final LoaderView view;
  private final Journal journal;
  private final Runnable changed;
  private final LoaderHealth health;
  private final Map<String, Lane> lanes = new TreeMap<>();
  private final Queue<Lane> waiting = new ArrayDeque<>();
  private int running;
  private boolean hasDesired;
  private boolean observedOnce;
  private boolean sweeping;
  private boolean sweepAgain;
  private boolean stopped;

  /** Parts that live as long as the verticle. */
  record Parts(AgentConfig config, AgentPorts ports, Loader loader, Journal journal) {}

  /**
   * @param changed called after everything that a report would show
   */
  Reconciler(Vertx vertx, Parts parts, Runnable changed) {
    this.vertx = vertx;
    this.config = parts.config();
    this.ports = parts.ports();
    this.loader = parts.loader();
    this.journal = parts.journal();
    this.view = new LoaderView(loader);
    this.changed = changed;
    this.health = new LoaderHealth(vertx, journal, this::sweep);
  }

  void start() {
    vertx.setPeriodic(config.drift().toMillis(), _ -> sweep());
    sweep();
  }

  /** No further step is begun. */
  void stop() {
    stopped = true;
    waiting.clear();
  }

  /** Takes a state over and works on what it changes, at once. */
  void adopt(DesiredState state) {
    hasDesired = true;
    Map<String, Application> wanted = new HashMap<>();
    state
        .getApplicationsList()
        .forEach(application -> wanted.put(application.getKey(), application));
    wanted.keySet().forEach(this::lane);
    lanes.values().forEach(lane -> want(lane, wanted.get(lane.key)));
    sweep();
  }

  private void want(Lane lane, @Nullable Application application) {
    if (application == null ? lane.wanted != null : !application.equals(lane.wanted)) {
      lane.wanted = application;
      lane.settled = false;
      lane.failures = Map.of();
      forgetFailures(lane);
    }
  }

  private void forgetFailures(Lane lane) {
    lane.tries = 0;
    lane.rest = List.of();
    cancelRetry(lane);
  }

  private void cancelRetry(Lane lane) {
    vertx.cancelTimer(lane.timer);
    lane.timer = Lane.NO_TIMER;
  }

  private Lane lane(String key) {
    return lanes.computeIfAbsent(key, Lane::new);
  }

  /** Whether reports tell the truth yet: a desired state is held and the loader was seen. */
  boolean isKnown() {
    return hasDesired && observedOnce;
  }

  /** Whether the loader answers. From any thread. */
  boolean hasLoader() {
    return health.isThere();
  }

  Optional<Failure> loaderFailure() {
    return health.failure();
  }

  /** Ordered by key. */
  List<ApplicationReport> reports() {
    return lanes.values().stream().map(Lane::report).flatMap(Optional::stream).toList();
  }

  /** What differs now, in words; {@code key} empty: of all applications. */
  Future<List<String>> explain(String key) {
    return facts()
        .compose(facts -> view.all().map(observed -> differences(facts, observed)))
        .map(
            lines ->
                lines.entrySet().stream()
                    .filter(entry -> key.isEmpty() || entry.getKey().equals(key))
                    .flatMap(entry -> entry.getValue().stream())
                    .toList());
  }

  private Map<String, List<String>> differences(
      Facts facts, Map<String, ObservedApplication> observed) {
    Map<String, List<String>> lines = new TreeMap<>();
    if (hasDesired) {
      observed.keySet().forEach(this::lane);
      lanes.values().forEach(lane -> lines.put(lane.key, differences(facts, lane, observed)));
    }
    return lines;
  }

  private static List<String> differences(
      Facts facts, Lane lane, Map<String, ObservedApplication> observed) {
    return Planner.plan(
            lane.wanted == null ? null : facts.concrete(lane.wanted),
            observed.getOrDefault(lane.key, ObservedApplication.none(lane.key)))
        .stream()
        .map(action -> lane.key + ": " + action.describe())
        .toList();
  }

  /**
   * Compares everything; before there is a desired state, it only asks whether the loader is there.
   */
  void sweep() {
    if (stopped) {
      return;
    }
    if (!hasDesired) {
      view.all().onSuccess(_ -> health.answered()).onFailure(health::lost);
      return;
    }
    if (sweeping) {
      sweepAgain = true;
      return;
    }
    sweeping = true;
    facts()
        .onSuccess(this::concretize)
        .compose(facts -> view.all().onSuccess(observed -> compare(facts, observed)))
        .onFailure(this::loaderLost)
        .eventually(
            () -> {
              sweeping = false;
              return Future.succeededFuture();
            })
        .onComplete(_ -> sweepWhenAsked());
  }

  private void sweepWhenAsked() {
    if (sweepAgain) {
      sweepAgain = false;
      sweep();
    }
  }

  /** Applications that should be here. */
  List<Application> wanted() {
    return lanes.values().stream()
        .flatMap(lane -> Optional.ofNullable(lane.wanted).stream())
        .toList();
  }

  /** Compares what the hint points to, now. */
  void look(Hint hint) {
    List<Lane> concerned =
        lanes.values().stream()
            .filter(lane -> hint.everything() || hint.keys().contains(lane.key))
            .toList();
    concerned.forEach(this::prepareLook);
    if (hint.everything() || concerned.size() > LOOKS_BEFORE_SWEEP) {
      sweep();
    } else {
      concerned.forEach(this::look);
    }
  }

  /** One that waits for an interface need not wait for its next retry. */
  private void prepareLook(Lane lane) {
    if (lane.busy) {
      lane.dirty = true;
    } else if (lane.waitsForInterface()) {
      cancelRetry(lane);
    }
  }

  private Future<Facts> facts() {
    List<Application> applications = new ArrayList<>();
    lanes.values().forEach(lane -> Optional.ofNullable(lane.wanted).ifPresent(applications::add));
    return vertx.executeBlocking(() -> Facts.read(ports, applications), false);
  }

  private void concretize(Facts facts) {
    lanes.values().stream().filter(lane -> !lane.busy).forEach(lane -> concretize(lane, facts));
  }

  private static void concretize(Lane lane, Facts facts) {
    lane.desired = lane.wanted == null ? null : facts.concrete(lane.wanted);
  }

  private void compare(Facts facts, Map<String, ObservedApplication> observed) {
    if (health.answered()) {
      view.replaces(true);
      lanes.values().forEach(this::forgetFailures);
    }
    observedOnce = true;
    observed.keySet().forEach(this::lane);
    List.copyOf(lanes.values())
        .forEach(
            lane ->
                offer(
                    lane,
                    facts,
                    observed.getOrDefault(lane.key, ObservedApplication.none(lane.key))));
    changed.run();
  }

  private void loaderLost(Throwable thrown) {
    health.lost(thrown);
    changed.run();
  }

  private void offer(Lane lane, Facts facts, ObservedApplication observed) {
    if (lanes.get(lane.key) != lane) {
      return;
    }
    if (lane.busy) {
      lane.dirty = true;
      return;
    }
    concretize(lane, facts);
    lane.observed = observed;
    lane.plan = lane.nextPlan();
    if (lane.plan.isEmpty()) {
      cancelRetry(lane);
      lane.settle();
      dropWhenGone(lane);
    } else if (lane.timer == Lane.NO_TIMER || !lane.plan.equals(lane.rest)) {
      tellDrift(lane);
      enqueue(lane);
    }
  }

  private void tellDrift(Lane lane) {
    if (lane.settled) {
      lane.settled = false;
      List<String> lines = lane.plan.stream().map(Action::describe).toList();
      journal.tell(
          Event.Kind.KIND_DRIFT,
          lane.key,
          "differs from what is wanted: " + String.join("; ", lines));
    }
  }

  private void dropWhenGone(Lane lane) {
    if (lane.isGone()) {
      cancelRetry(lane);
      lanes.remove(lane.key);
    }
  }

  private void enqueue(Lane lane) {
    cancelRetry(lane);
    lane.busy = true;
    waiting.add(lane);
    next();
  }

  private void next() {
    while (running < config.parallel() && !stopped) {
      Lane lane = waiting.poll();
      if (lane == null) {
        return;
      }
      running++;
      run(lane);
    }
  }

  private void run(Lane lane) {
    new ActionRunner(lane.key, loader, view, journal)
        .run(lane.plan)
        .onSuccess(failures -> lane.failures = failures)
        .compose(_ -> view.one(lane.key))
        .onSuccess(observed -> lane.observed = observed)
        .onFailure(this::loaderLost)
        .onComplete(_ -> finish(lane));
  }

  private void finish(Lane lane) {
    running--;
    lane.busy = false;
    lane.rest = lane.nextPlan();
    if (lane.rest.isEmpty()) {
      lane.settle();
      dropWhenGone(lane);
    } else if (!lane.dirty) {
      retryLater(lane);
    }
    if (lane.dirty) {
      lane.dirty = false;
      look(lane);
    }
    changed.run();
    next();
  }

  private void retryLater(Lane lane) {
    lane.tries++;
    boolean hopeful =
        lane.failures.isEmpty()
            || lane.failures.values().stream().anyMatch(failure -> failure.code().retriable());
    long delay =
        hopeful
            ? config.retry().delay(lane.tries, ThreadLocalRandom.current()).toMillis()
            : config.retry().limit().toMillis();
    lane.timer =
        vertx.setTimer(
            Math.max(1, delay),
            _ -> {
              lane.timer = Lane.NO_TIMER;
              look(lane);
            });
  }

  private void look(Lane lane) {
    if (stopped || lane.busy) {
      return;
    }
    facts()
        .compose(facts -> view.one(lane.key).onSuccess(observed -> offer(lane, facts, observed)))
        .onSuccess(_ -> changed.run())
        .onFailure(this::loaderLost);
  }
}
