package io.bpfman.operator.pki.core;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often an address may fail: so many times at once, then once in an interval. An attempt is
 * taken when it begins and given back when it succeeds. Remembers a bounded number of addresses,
 * those that tried last. For one thread.
 */
public final class Attempts {
  private static final int ADDRESSES = 4096;

  private final int burst;
  private final Duration interval;
  private final Map<String, Budget> budgets = new LinkedHashMap<>(16, 0.75f, true);

  /** What is left at a time. */
  private record Budget(int left, Instant at) {}

  /**
   * @param burst attempts at once
   * @param interval in which one more comes back
   */
  public Attempts(int burst, Duration interval) {
    this.burst = burst;
    this.interval = interval;
  }

  /** False when the address has none left. */
  public boolean take(String address, Instant now) {
    Budget budget = present(address, now);
    budgets.put(address, new Budget(Math.max(0, budget.left() - 1), budget.at()));
    if (budgets.size() > ADDRESSES) {
      budgets.remove(budgets.keySet().iterator().next());
    }
    return budget.left() > 0;
  }

  /** After a success. */
  public void giveBack(String address, Instant now) {
    Budget budget = present(address, now);
    if (budget.left() + 1 >= burst) {
      budgets.remove(address);
    } else {
      budgets.put(address, new Budget(budget.left() + 1, budget.at()));
    }
  }

  /** With what has come back since. */
  private Budget present(String address, Instant now) {
    Budget known = budgets.get(address);
    if (known == null) {
      return new Budget(burst, now);
    }
    long back = Math.max(0, Duration.between(known.at(), now).dividedBy(interval));
    if (known.left() + back >= burst) {
      return new Budget(burst, now);
    }
    return new Budget(known.left() + (int) back, known.at().plus(interval.multipliedBy(back)));
  }
}
