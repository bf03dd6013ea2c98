package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.BpfMaps;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;

/** Why the kernel did not take an entry. */
final class MapUpdates {
  private MapUpdates() {}

  static RuntimeException refused(MapShape shape, Bytes key, BpfMaps.UpdateMode mode, int errno) {
    if (errno == Errno.E2BIG && key.size() == 0) {
      return FailureCode.INVALID_REQUEST.because(
          "%s is full: it has %d elements at most"
              .formatted(shape.what(), shape.facts().maxEntries()),
          "mode exist takes the oldest element out for the new one");
    }
    return switch (errno) {
      case Errno.EEXIST ->
          FailureCode.INVALID_REQUEST.because(
              "%s has an entry with key %s already".formatted(shape.what(), key),
              "update it with mode any or exist");
      case Errno.ENOENT ->
          FailureCode.MAP_NOT_FOUND.because(
              "%s has no entry with key %s".formatted(shape.what(), key),
              "make it with mode any or noexist");
      case Errno.E2BIG, Errno.ENOSPC ->
          FailureCode.INVALID_REQUEST.because(
              "key %s does not fit into %s: it has %d entries at most"
                  .formatted(key, shape.what(), shape.facts().maxEntries()),
              "take a smaller key, or delete entries first");
      case Errno.EPERM ->
          FailureCode.INVALID_REQUEST.because(
              "%s is read-only: it was frozen when the program was loaded".formatted(shape.what()),
              "load the program again with other global data");
      case Errno.EINVAL ->
          FailureCode.INVALID_REQUEST.because(
              "the kernel refuses key %s or its value for %s (type %d, mode %s)"
                  .formatted(key, shape.what(), shape.facts().type(), mode),
              "an LPM trie needs a prefix length within its data; maps of fixed entries take no new"
                  + " ones");
      default -> shape.refused("write key " + key + " to", errno);
    };
  }
}
