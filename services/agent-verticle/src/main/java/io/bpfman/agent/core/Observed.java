package io.bpfman.agent.core;

import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.ApplicationKey;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.ProgramInfo;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the loader's answers. Programs that were not loaded for an application of the cluster, by
 * an agent, are not seen at all.
 */
public final class Observed {
  private Observed() {}

  /**
   * From a loader that lists links with their health.
   *
   * @param replaceable whether it knows Replace
   */
  public static Map<String, ObservedApplication> of(
      ListResponse programs, List<Link> links, boolean replaceable) {
    Map<Integer, List<Link>> byProgram =
        links.stream().collect(Collectors.groupingBy(Link::getProgramId));
    return read(
        programs,
        (id, _) -> byProgram.getOrDefault(id, List.of()).stream().map(Observed::link).toList(),
        replaceable);
  }

  /**
   * From a loader that only tells link ids: {@code known} is what this agent attached itself. Other
   * links have no identity, so they are replaced once.
   */
  public static Map<String, ObservedApplication> ofIds(
      ListResponse programs, Map<Long, ObservedLink> known) {
    return read(
        programs,
        (_, info) ->
            info.getLinksList().stream()
                .map(Integer::toUnsignedLong)
                .map(
                    id ->
                        Optional.ofNullable(known.get(id))
                            .orElseGet(() -> ObservedLink.attached(id, "", null)))
                .toList(),
        false);
  }

  private interface LinksOf {
    List<ObservedLink> find(int programId, ProgramInfo info);
  }

  private static Map<String, ObservedApplication> read(
      ListResponse response, LinksOf links, boolean replaceable) {
    Map<String, List<ObservedProgram>> programs = new TreeMap<>();
    for (ListResponse.ListResult result : response.getResultsList()) {
      ProgramInfo info = result.getInfo();
      String key = info.getMetadataOrDefault(MetadataKeys.APPLICATION, "");
      if (isOurs(key, info)) {
        int id = result.getKernelInfo().getId();
        programs
            .computeIfAbsent(key, _ -> new ArrayList<>())
            .add(program(id, info, links.find(id, info)));
      }
    }
    Map<String, ObservedApplication> applications = new TreeMap<>();
    programs.forEach(
        (key, found) -> {
          found.sort(Comparator.comparingLong(ObservedProgram::id));
          applications.put(key, new ObservedApplication(key, found, replaceable));
        });
    return applications;
  }

  /** The application alone is no proof: anybody may give that word to a program of his own. */
  private static boolean isOurs(String key, ProgramInfo info) {
    return ApplicationKey.parse(key).isPresent()
        && info.getMetadataOrDefault(MetadataKeys.UUID, "").equals(Identity.application(key));
  }

  private static ObservedProgram program(int id, ProgramInfo info, List<ObservedLink> links) {
    return new ObservedProgram(
        Integer.toUnsignedLong(id),
        info.getName(),
        info.getMetadataOrDefault(MetadataKeys.LOAD_DIGEST, ""),
        info.getMetadataOrDefault(Identity.partKey(info.getName()), ""),
        links.stream().sorted(Comparator.comparingLong(ObservedLink::id)).toList());
  }

  private static ObservedLink link(Link link) {
    return new ObservedLink(
        Integer.toUnsignedLong(link.getId()),
        AttachInfos.metadata(link.getAttach()).getOrDefault(MetadataKeys.UUID, ""),
        AttachInfos.fromProto(link.getAttach()),
        health(link.getHealth()),
        link.getReason(),
        link.getHealth() == LinkHealth.LINK_HEALTH_OUTDATED ? moved(link) : null);
  }

  private static ObservedLink.Moved moved(Link link) {
    boolean named = !link.getInterfaceNow().isEmpty();
    return new ObservedLink.Moved(
        named ? AttachInfos.fromProto(renamed(link.getAttach(), link.getInterfaceNow())) : null);
  }

  private static AttachInfo renamed(AttachInfo attach, String name) {
    AttachInfo.Builder info = attach.toBuilder();
    switch (attach.getInfoCase()) {
      case XDP_ATTACH_INFO -> info.getXdpAttachInfoBuilder().setIface(name);
      case TC_ATTACH_INFO -> info.getTcAttachInfoBuilder().setIface(name);
      case TCX_ATTACH_INFO -> info.getTcxAttachInfoBuilder().setIface(name);
      default -> {}
    }
    return info.build();
  }

  private static ObservedLink.Health health(LinkHealth health) {
    return switch (health) {
      case LINK_HEALTH_ATTACHED -> ObservedLink.Health.ATTACHED;
      case LINK_HEALTH_OUTDATED -> ObservedLink.Health.ELSEWHERE;
      case LINK_HEALTH_PIN_MISSING, LINK_HEALTH_DETACHED, LINK_HEALTH_UNSPECIFIED, UNRECOGNIZED ->
          ObservedLink.Health.LOST;
    };
  }
}
