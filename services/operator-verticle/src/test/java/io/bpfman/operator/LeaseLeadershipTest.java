package io.bpfman.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.operator.core.LeaseRecord;
import io.bpfman.operator.core.LeaseTimes;
import io.bpfman.operator.port.Leadership;
import io.bpfman.operator.port.LeaseStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LeaseLeadershipTest {
  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofMillis(20));

  private final List<LeaseRecord> written = new CopyOnWriteArrayList<>();
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final CountDownLatch listed = new CountDownLatch(1);

  private final LeaseStore store =
      new LeaseStore() {
        @Override
        public Optional<LeaseRecord> read() {
          return written.isEmpty() ? Optional.empty() : Optional.of(written.getLast());
        }

        @Override
        public void write(LeaseRecord lease) {
          written.add(lease);
        }
      };

  /** Its first list lasts until the test lets it end, on the same context as the leadership. */
  private Leadership.Candidate slowToBegin(Vertx vertx) {
    return new Leadership.Candidate() {
      @Override
      public Future<?> gained(long epoch) {
        return vertx.executeBlocking(() -> listed.await(10, TimeUnit.SECONDS));
      }

      @Override
      public void lost(String why) {
        lost.add(why);
      }
    };
  }

  @Test
  void theLeaseIsRenewedWhileTheFirstListLasts(Vertx vertx) throws Exception {
    Context home = vertx.getOrCreateContext();
    CompletableFuture<LeaseLeadership> started = new CompletableFuture<>();
    home.runOnContext(_ -> started.complete(start(vertx)));
    LeaseLeadership leadership = started.get(10, TimeUnit.SECONDS);
    Awaitility.await("renewals").atMost(Duration.ofSeconds(5)).until(() -> written.size() >= 4);
    assertEquals(1, listed.getCount(), "the list has not ended");
    assertEquals(List.of(), lost);
    listed.countDown();
    done(leadership.stop());
    assertEquals("", written.getLast().holder(), "given back");
  }

  private LeaseLeadership start(Vertx vertx) {
    LeaseLeadership leadership =
        new LeaseLeadership(
            vertx,
            store,
            new LeaseLeadership.Settings(
                "me", TIMES, InstantSource.system(), InstantSource.system()));
    leadership.start(slowToBegin(vertx));
    return leadership;
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
