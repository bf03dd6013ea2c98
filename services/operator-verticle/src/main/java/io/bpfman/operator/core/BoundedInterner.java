package io.bpfman.operator.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** One instance for equal values, as long as there are not too many others. Not thread-safe. */
public final class BoundedInterner<T> {
  private static final int LIMIT = 256;

  private final Map<T, T> values =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, T> eldest) {
          return size() > LIMIT;
        }
      };

  /** An equal value that was seen before, or this one. */
  public T share(T value) {
    T before = values.putIfAbsent(value, value);
    return before == null ? value : before;
  }
}
