package io.bpfman.operator.pki.core;

import java.net.URI;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;

/**
 * What a certificate says.
 *
 * @param name common name; for people only
 * @param key of its holder
 * @param hosts DNS names and IP addresses
 * @param uris names that are not hosts; hosts and uris are not both empty
 * @param uses on which ends of a connection it may be shown
 */
public record Leaf(String name, PublicKey key, List<String> hosts, List<URI> uris, Set<Use> uses) {
  public Leaf {
    hosts = List.copyOf(hosts);
    uris = List.copyOf(uris);
    uses = Set.copyOf(uses);
  }

  /** An end of a connection. */
  public enum Use {
    SERVER,
    CLIENT
  }
}
