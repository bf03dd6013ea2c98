package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationValidatorTest {

  private static List<String> problems(String text) {
    return ManifestReader.check("x", text).problems().stream()
        .map(p -> p.path() + ": " + p.message())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: xdp-counter | name: Bad_Name | metadata.name
          name: xdp-counter | name: a23456789-123456789-123456789-123456789-123456789-123456789-1234 | metadata.name
          path: /opt/counter.o | path: /opt//counter.o | spec.byteCode.path
          path: /opt/counter.o | image: {url: q/x, imagePullSecret: {name: A, namespace: b}} | spec.byteCode.image.imagePullSecret.name
          path: /opt/counter.o | image: {url: q/x, imagePullSecret: {name: a, namespace: 'b.c'}} | spec.byteCode.image.imagePullSecret.namespace
          nodeSelector: {} | nodeSelector: {matchLabels: {'a b': c}} | spec.nodeSelector.matchLabels
          nodeSelector: {} | nodeSelector: {matchLabels: {x.io/a: -c}} | spec.nodeSelector.matchLabels.x.io/a
          nodeSelector: {} | nodeSelector: {matchExpressions: [{key: /a, operator: Exists}]} | spec.nodeSelector.matchExpressions[0].key
          nodeSelector: {} | nodeSelector: {matchExpressions: [{key: a, operator: In, values: [b, '!']}]} | spec.nodeSelector.matchExpressions[0].values[1]
          interfaces: [eth0] | interfaces: [eth0, a/b] | spec.programs[0].xdp.links[0].interfaceSelector.interfaces[1]
          path: /opt/counter.o | path: counter.o | spec.byteCode.path
          path: /opt/counter.o | {} | spec.byteCode
          path: /opt/counter.o | image: {url: ''} | spec.byteCode.image.url
          path: /opt/counter.o | image: {url: q/x, imagePullSecret: {name: a}} | spec.byteCode.image.imagePullSecret.namespace
          nodeSelector: {} | mapOwnerSelector: {} | spec.nodeSelector
          nodeSelector: {} | nodeSelector: {matchExpressions: [{key: a, operator: Is}]} | spec.nodeSelector.matchExpressions[0].operator
          nodeSelector: {} | nodeSelector: {matchExpressions: [{key: a, operator: In}]} | spec.nodeSelector.matchExpressions[0].values
          name: xdp_count | name: 1x_count | spec.programs[0].name
          name: xdp_count | name: xd | spec.programs[0].name
          priority: 55 | priority: -1 | spec.programs[0].xdp.links[0].priority
          priority: 55 | networkNamespaces: {namespace: a} | spec.programs[0].xdp.links[0].networkNamespaces.pods
          interfaces: [eth0] | primaryNodeInterface: false | spec.programs[0].xdp.links[0].interfaceSelector.primaryNodeInterface
          interfaces: [eth0] | interfaces: [a-name-of-16-byte] | spec.programs[0].xdp.links[0].interfaceSelector.interfaces[0]
          interfaces: [eth0] | interfacesDiscoveryConfig: {interfaceAutoDiscovery: true, allowedInterfaces: [/(/]} | spec.programs[0].xdp.links[0].interfaceSelector.interfacesDiscoveryConfig.allowedInterfaces[0]
          """)
  void oneBrokenRuleIsOneProblemAtItsPath(String old, String replacement, String path) {
    List<ManifestProblem> found =
        ManifestReader.check("x", Samples.with(old, replacement)).problems();
    assertEquals(List.of(path), found.stream().map(ManifestProblem::path).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quay.io/bpfman-bytecode/xdp_pass_public:latest",
        "counters",
        "localhost:5000/a/b__c--d.e",
        "[2001:db8::1]:5000/a",
        "Registry.example.com/a:v1.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "a@md5:0123456789abcdef0123456789abcdef"
      })
  void imageReferencesOfEveryFormAreAccepted(String url) {
    assertEquals(
        List.of(), problems(Samples.with("path: /opt/counter.o", "image: {url: '" + url + "'}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          quay.io/Team/a | "Team" is no part of a repository
          quay.io//a | "" is no part of a repository
          quay.io/a/ | "" is no part of a repository
          a___b | "a___b" is no part of a repository
          a b | "a b" is no part of a repository
          https://quay.io/a | "https:" is no registry
          -x.io/a | "-x.io" is no registry
          quay.io/a: | "" is no tag
          quay.io/a:.b | ".b" is no tag
          quay.io/a@sha256:12 | "sha256:12" is no digest
          quay.io/a:t@ | "" is no digest
          """)
  void nonsenseAsImageReferenceIsRefusedWithTheBadPart(String url, String words) {
    String found =
        problems(Samples.with("path: /opt/counter.o", "image: {url: '" + url + "'}")).getFirst();
    assertTrue(
        found.startsWith(
            "spec.byteCode.image.url: \"" + url + "\" is no image reference: " + words),
        found);
  }

  @Test
  void repositoriesOfMoreThan255CharactersAreRefused() {
    String url = "a".repeat(256);
    assertTrue(
        problems(Samples.with("path: /opt/counter.o", "image: {url: " + url + "}"))
            .getFirst()
            .endsWith("registry and repository must have at most 255 characters, have 256"));
  }

  @Test
  void textThatWouldCostTheStackIsRefusedByItsLength() {
    String path = "/a".repeat(100_000);
    assertEquals(
        List.of("spec.byteCode.path: must have at most 4095 characters, has 200000"),
        problems(Samples.with("path: /opt/counter.o", "path: " + path)));
    String discovery =
        "interfacesDiscoveryConfig: {interfaceAutoDiscovery: true, allowedInterfaces: ['/%s/']}"
            .formatted("(".repeat(100_000));
    assertTrue(
        problems(Samples.with("interfaces: [eth0]", discovery))
            .getFirst()
            .endsWith("must have at most 256 characters, has 100002"));
  }

  @Test
  void aNameThatIsTooLongForItsLabelSaysSo() {
    assertEquals(
        List.of(
            "metadata.name: must have at most 63 characters, because it becomes the label"
                + " bpfman.io/ownedByProgram; has 64"),
        problems(Samples.with("name: xdp-counter", "name: " + "a".repeat(64))));
    assertEquals(List.of(), problems(Samples.with("name: xdp-counter", "name: " + "a".repeat(63))));
  }

  @Test
  void exactlyOneInterfaceSelection() {
    assertEquals(
        List.of(
            "spec.programs[0].xdp.links[0].interfaceSelector: must have exactly one of interfaces,"
                + " primaryNodeInterface, interfacesDiscoveryConfig;"
                + " has interfaces, primaryNodeInterface"),
        problems(
            Samples.with(
                "interfaces: [eth0]", "{interfaces: [eth0], primaryNodeInterface: true}")));
  }

  @Test
  void theMemberMustFitTheType() {
    assertEquals(
        List.of(
            "spec.programs[0].xdp: does not go with type TC",
            "spec.programs[0]: type TC needs the field tc"),
        problems(Samples.with("type: XDP", "type: TC")));
  }

  @Test
  void programNamesAreUnique() {
    String programs = "- {name: abc, type: XDP, xdp: {}}\n- {name: abc, type: XDP, xdp: {}}\n";
    assertEquals(
        List.of("spec.programs[1].name: \"abc\" is already the name of spec.programs[0]"),
        problems(Samples.withPrograms(programs)));
  }

  @Test
  void everyTypeOfProgramIsAccepted() {
    String programs =
        """
        - {name: p_xdp, type: XDP, xdp: {}}
        - {name: p_tc, type: TC, tc: {links: [{interfaceSelector: {primaryNodeInterface: true}, direction: Egress, proceedOn: [UnSpec]}]}}
        - {name: p_tcx, type: TCX, tcx: {links: [{interfaceSelector: {interfaces: [a]}, direction: Ingress, networkNamespaces: {pods: {}}}]}}
        - {name: p_fentry, type: FEntry, fentry: {function: do_unlinkat, links: [{mode: Attach}]}}
        - {name: p_fexit, type: FExit, fexit: {function: do_unlinkat}}
        - {name: p_kprobe, type: KProbe, kprobe: {links: [{function: try_to_wake_up, offset: 4}]}}
        - {name: p_kret, type: KRetProbe, kretprobe: {links: [{function: try_to_wake_up}]}}
        - {name: p_uprobe, type: UProbe, uprobe: {links: [{target: libc, function: malloc, pid: 1, containers: {pods: {}, containerNames: [c]}}]}}
        - {name: p_uret, type: URetProbe, uretprobe: {links: [{target: /bin/x, offset: 64}]}}
        - {name: p_trace, type: TracePoint, tracepoint: {links: [{name: syscalls/sys_enter_openat}]}}
        """;
    assertEquals(List.of(), problems(Samples.withPrograms(programs)));
  }

  @Test
  void rulesOfProbesAreChecked() {
    String programs =
        """
        - {name: p_fentry, type: FEntry, fentry: {function: f, links: [{mode: Attach}, {mode: Attach}]}}
        - {name: p_kprobe, type: KProbe, kprobe: {links: [{function: abc, offset: -1}]}}
        - {name: p_uprobe, type: UProbe, uprobe: {links: [{function: malloc}]}}
        - {name: p_trace, type: TracePoint, tracepoint: {links: [{name: sys_enter_openat}]}}
        """;
    assertEquals(
        List.of(
            "spec.programs[0].fentry.function",
            "spec.programs[0].fentry.links",
            "spec.programs[1].kprobe.links[0].offset",
            "spec.programs[2].uprobe.links[0].target",
            "spec.programs[3].tracepoint.links[0].name"),
        ManifestReader.check("x", Samples.withPrograms(programs)).problems().stream()
            .map(ManifestProblem::path)
            .toList());
  }
}
