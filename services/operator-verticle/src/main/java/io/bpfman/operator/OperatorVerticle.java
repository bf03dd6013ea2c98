package io.bpfman.operator;

import io.bpfman.contract.sign.DesiredStateSigner;
import io.bpfman.operator.port.Leadership;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every node what it must run and turns what the nodes report into status, while it leads.
 * All state lives on the verticle's event loop; whatever blocks runs on worker threads.
 */
public final class OperatorVerticle extends VerticleBase implements Leadership.Candidate {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorVerticle.class);

  private final OperatorConfig config;
  private final OperatorPorts.Factory factory;
  private final InstantSource clock;
  private volatile @Nullable DesiredStateSigner signer;
  private volatile @Nullable OperatorPorts ports;
  private @Nullable Companions companions;
  private @Nullable Context home;
  private Future<?> turns = Future.succeededFuture();
  private @Nullable Reign reign;

  /** Touches nothing. */
  public OperatorVerticle(
      OperatorConfig config, OperatorPorts.Factory factory, InstantSource clock) {
    this.config = config;
    this.factory = factory;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    home = vertx.getOrCreateContext();
    return vertx
        .executeBlocking(
            () -> {
              OperatorPorts made = factory.open(vertx);
              ports = made;
              signer = DesiredStateSigner.loadOrCreate(config.privateKey(), config.publicKey());
              return made;
            })
        .compose(this::begin)
        .recover(thrown -> stop().transform(_ -> Future.failedFuture(thrown)));
  }

  private Future<?> begin(OperatorPorts made) {
    Companions beside = new Companions(vertx);
    companions = beside;
    return beside.start(made.companions()).compose(_ -> made.leadership().start(this));
  }

  /** Whoever leads next finds nothing of this one under way. */
  @Override
  public Future<?> stop() {
    Companions beside = companions;
    OperatorPorts made = ports;
    Future<?> alone = beside == null ? Future.succeededFuture() : beside.stop();
    Future<?> ended = alone.transform(_ -> inTurn(this::endReign));
    return made == null ? ended : ended.transform(_ -> giveBack(made));
  }

  private Future<?> giveBack(OperatorPorts made) {
    return made.leadership()
        .stop()
        .transform(_ -> inTurn(this::endReign))
        .transform(
            _ ->
                vertx.executeBlocking(
                    () -> {
                      made.close().run();
                      return true;
                    }));
  }

  @Override
  public Future<?> gained(long epoch) {
    return onHome(() -> inTurn(() -> beginReign(epoch)));
  }

  @Override
  public void lost(String why) {
    onHome(
        () -> {
          LOG.warn("this operator leads no more: {}", why);
          return inTurn(this::endReign);
        });
  }

  private Future<?> beginReign(long epoch) {
    Reign begun =
        new Reign(vertx, new Reign.Parts(config, required(ports), required(signer), clock), epoch);
    reign = begun;
    return begun.begin();
  }

  private Future<?> endReign() {
    Reign ended = reign;
    reign = null;
    return ended == null ? Future.succeededFuture() : ended.end();
  }

  /** One change of leadership after the other, in the order of their coming. */
  private Future<?> inTurn(Supplier<Future<?>> change) {
    Future<?> mine = turns.transform(_ -> change.get().mapEmpty());
    turns = mine;
    return mine;
  }

  private Future<?> onHome(Supplier<Future<?>> work) {
    Promise<Object> done = Promise.promise();
    required(home).runOnContext(_ -> work.get().<Object>mapEmpty().onComplete(done));
    return done.future();
  }

  private static <T> T required(@Nullable T part) {
    return Objects.requireNonNull(part, "used before start");
  }
}
