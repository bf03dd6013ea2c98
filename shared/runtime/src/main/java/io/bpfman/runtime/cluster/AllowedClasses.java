package io.bpfman.runtime.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import java.util.stream.Stream;

/**
 * The classes that another member may name in a message. Hazelcast makes objects of two kinds from
 * what it receives: Java's, which it has a filter for, and its own DataSerializable, whose classes
 * it loads by name; this class loader is the filter of those.
 */
final class AllowedClasses extends ClassLoader {
  /**
   * Hazelcast's own, those that vertx-hazelcast keeps in maps, and what JDK types they are made of.
   */
  private static final String[] PREFIXES = {
    "com.hazelcast.", "io.vertx.spi.cluster.hazelcast.", "java.lang.", "java.util.", "java.net."
  };

  /** Hazelcast asks at its start whether there is JCache, which there is not. */
  private static final String PROBED = "javax.cache.Caching";

  AllowedClasses(ClassLoader parent) {
    super("bpfman-cluster", parent);
  }

  static JavaSerializationFilterConfig filter() {
    return new JavaSerializationFilterConfig()
        .setWhitelist(new ClassFilter().addPrefixes(PREFIXES));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.equals(PROBED)) {
      throw new ClassNotFoundException(name);
    }
    if (Stream.of(PREFIXES).noneMatch(name::startsWith)) {
      // Hazelcast asks another class loader when this one says that there is no such class.
      throw new SecurityException(name + " is not allowed in messages of the cluster");
    }
    return super.loadClass(name, resolve);
  }
}
