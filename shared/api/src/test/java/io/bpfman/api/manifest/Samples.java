package io.bpfman.api.manifest;

/** Manifest texts for tests. */
final class Samples {
  /** A valid XDP application; the lines of the tests' expectations count from here. */
  static final String XDP =
      """
      apiVersion: bpfman.io/v1alpha1
      kind: ClusterBpfApplication
      metadata:
        name: xdp-counter
      spec:
        nodeSelector: {}
        byteCode:
          path: /opt/counter.o
        globalData:
          list: [1, 0, 0, 255]
          text: AQIDBA==
        programs:
          - name: xdp_count
            type: XDP
            xdp:
              links:
                - interfaceSelector:
                    interfaces: [eth0]
                  priority: 55
      """;

  private Samples() {}

  /** {@link #XDP} with one text replaced, which must be in it. */
  static String with(String old, String replacement) {
    if (!XDP.contains(old)) {
      throw new IllegalArgumentException(old);
    }
    return XDP.replace(old, replacement);
  }

  /** {@link #XDP} with another program list, written without indentation of its own. */
  static String withPrograms(String programs) {
    return XDP.substring(0, XDP.indexOf("  programs:\n")) + "  programs:\n" + programs.indent(4);
  }
}
