package io.bpfman.loader.core.mapdef;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Why the kernel refuses a definition, read from kernel/bpf/*map*.c of Linux 6.18. Each rule tells
 * one property; the first that is broken is told.
 */
public final class MapRules {
  private static final Set<Integer> RING_BUFFERS = Set.of(27, 31);
  private static final Set<Integer> STORAGES = Set.of(19, 21, 24, 28, 29, 32);
  private static final Set<Integer> WITHOUT_KEY = Set.of(22, 23, 27, 30, 31, 33);
  private static final Set<Integer> HASHES = Set.of(1, 5, 9, 10);

  /** Their keys are an index, an interface, a CPU or the like. */
  private static final Set<Integer> NUMBERED =
      Set.of(2, 3, 4, 6, 7, 8, 12, 14, 15, 16, 17, 20, 24, 25, 28, 29, 32);

  private static final Set<Integer> MAPS_OF_MAPS = Set.of(12, 13);
  private static final Set<Integer> FOUR_BYTE_VALUES = Set.of(3, 4, 8, 12, 13, 17);
  private static final Set<Integer> PER_CPU = Set.of(5, 6, 10, 21);
  private static final int LPM_TRIE = 11;
  private static final int ARENA = 33;

  /** struct bpf_lpm_trie_key with 1 to 256 bytes of data. */
  private static final int LPM_SHORTEST = 5;

  private static final int LPM_LONGEST = 260;

  /** MAX_BPF_STACK. */
  private static final int LONGEST_HASH_KEY = 512;

  /** PCPU_MIN_UNIT_SIZE. */
  private static final long LARGEST_PER_CPU = 32 << 10;

  /** KMALLOC_MAX_SIZE. */
  private static final long LARGEST_ELEMENT = 4 << 20;

  private final MapDefinition map;
  private final Host host;

  /**
   * Where it was refused.
   *
   * @param release of uname(2)
   * @param pageSize bytes
   */
  public record Host(String release, int pageSize) {}

  /**
   * @param property what is wrong, after "map ...: "
   * @param wayOut what to write instead
   */
  public record Reason(String property, String wayOut, boolean kernelLacksIt) {
    Reason(String property, String wayOut) {
      this(property, wayOut, false);
    }
  }

  private MapRules(MapDefinition map, Host host) {
    this.map = map;
    this.host = host;
  }

  /** Empty when the definition breaks no rule that is known here. */
  public static Optional<Reason> broken(MapDefinition map, Host host) {
    MapRules rules = new MapRules(map, host);
    return Stream.<Supplier<Optional<Reason>>>of(
            rules::type,
            rules::key,
            rules::value,
            rules::entries,
            () -> MapFlags.broken(map),
            rules::inner)
        .flatMap(rule -> rule.get().stream())
        .findFirst();
  }

  private static Optional<Reason> reason(String property, String wayOut) {
    return Optional.of(new Reason(property, wayOut));
  }

  private Optional<Reason> type() {
    int type = map.type();
    if (!MapKinds.isKnown(type) || type == 0) {
      return Optional.of(
          new Reason(
              "its type is %s, which no Linux known to this daemon has (the newest type is %s)"
                  .formatted(Integer.toUnsignedString(type), MapKinds.newest()),
              "give a type of enum bpf_map_type: __uint(type, BPF_MAP_TYPE_HASH)",
              true));
    }
    return MapKinds.isTooOld(host.release, type)
        ? Optional.of(
            new Reason(
                "its type is %s, which came with Linux %s; this is %s"
                    .formatted(map.kind(), MapKinds.since(type), host.release),
                "use a newer kernel, or another type of map",
                true))
        : Optional.empty();
  }

  private Optional<Reason> key() {
    long key = map.sizes().key();
    if (WITHOUT_KEY.contains(map.type()) && key != 0) {
      return keySize("none", "leave __type(key, ...) and __uint(key_size, ...) away");
    }
    if (NUMBERED.contains(map.type()) && key != Integer.BYTES) {
      return keySize("4", "__type(key, __u32)");
    }
    if (map.type() == LPM_TRIE && (key < LPM_SHORTEST || key > LPM_LONGEST)) {
      return keySize(
          "%d to %d".formatted(LPM_SHORTEST, LPM_LONGEST),
          "make the key a struct of __u32 prefixlen and 1 to 256 bytes");
    }
    if (HASHES.contains(map.type()) && (key == 0 || key > LONGEST_HASH_KEY)) {
      return keySize("1 to " + LONGEST_HASH_KEY, "__type(key, struct ...) of such a size");
    }
    return Optional.empty();
  }

  private Optional<Reason> keySize(String wanted, String wayOut) {
    return reason(
        "its key has %d bytes; of a map of type %s the kernel wants %s"
            .formatted(map.sizes().key(), map.kind(), wanted),
        wayOut);
  }

  private Optional<Reason> value() {
    long value = map.sizes().value();
    if (RING_BUFFERS.contains(map.type())) {
      return value == 0 ? Optional.empty() : valueSize("none", "leave __type(value, ...) away");
    }
    if (FOUR_BYTE_VALUES.contains(map.type()) && value != Integer.BYTES) {
      return valueSize("4", "__uint(value_size, 4)");
    }
    if (map.type() == ARENA) {
      return value == 0 ? Optional.empty() : valueSize("none", "leave __type(value, ...) away");
    }
    if (value == 0) {
      return valueSize("one or more", "__type(value, ...)");
    }
    if (PER_CPU.contains(map.type()) && value > LARGEST_PER_CPU) {
      return valueSize(
          "at most %d (32 KiB for each CPU)".formatted(LARGEST_PER_CPU),
          "split the value over several entries, or use a map without per-CPU values");
    }
    return HASHES.contains(map.type()) && value + map.sizes().key() > LARGEST_ELEMENT
        ? valueSize("at most %d (4 MiB)".formatted(LARGEST_ELEMENT), "make the value smaller")
        : Optional.empty();
  }

  private Optional<Reason> valueSize(String wanted, String wayOut) {
    return reason(
        "its value has %d bytes; of a map of type %s the kernel wants %s"
            .formatted(map.sizes().value(), map.kind(), wanted),
        wayOut);
  }

  private Optional<Reason> entries() {
    long entries = map.maxEntries();
    if (STORAGES.contains(map.type())) {
      return entries == 0
          ? Optional.empty()
          : reason(
              "its max_entries is %d; a map of type %s grows by itself and wants 0"
                  .formatted(entries, map.kind()),
              "leave __uint(max_entries, ...) away");
    }
    if (RING_BUFFERS.contains(map.type())) {
      return Long.bitCount(entries) == 1 && entries % host.pageSize == 0
          ? Optional.empty()
          : reason(
              "its max_entries is %d bytes; a ring buffer has a power of two that is a multiple of the page size, %d bytes"
                  .formatted(entries, host.pageSize),
              "__uint(max_entries, 256 * 1024)");
    }
    return entries == 0
        ? reason("its max_entries is 0 or missing", "say how many: __uint(max_entries, 1024)")
        : Optional.empty();
  }

  private Optional<Reason> inner() {
    if (!MAPS_OF_MAPS.contains(map.type())) {
      return Optional.empty();
    }
    MapDefinition inner = map.inner();
    return inner == null
        ? reason(
            "it is a map of maps that does not say what is in it",
            "declare the inner map: __array(values, struct inner)")
        : broken(inner, host)
            .map(r -> new Reason("of its inner map, " + r.property, r.wayOut, r.kernelLacksIt));
  }
}
