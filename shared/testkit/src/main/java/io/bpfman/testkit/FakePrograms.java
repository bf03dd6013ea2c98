package io.bpfman.testkit;

import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.FailureCode;
import io.bpfman.model.MetadataKeys;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.AttachResponse;
import io.bpfman.proto.v1.KernelProgramInfo;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.LoadResponseInfo;
import io.bpfman.proto.v1.ProgramInfo;
import io.bpfman.proto.x.v1.Finding;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import io.bpfman.proto.x.v1.Program;
import io.bpfman.proto.x.v1.ProgramFacts;
import io.bpfman.proto.x.v1.RepairOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Programs and links in memory, with the rules of one kernel; not safe for use by several threads.
 */
final class FakePrograms {
  final NavigableMap<Integer, LoadResponseInfo> programs = new TreeMap<>();
  private final Map<Integer, ProgramFacts> facts = new TreeMap<>();
  final NavigableMap<Integer, Link> links = new TreeMap<>();
  final Set<String> interfaces = new HashSet<>(List.of("lo", "eth0", "eth1"));
  private int lastProgram = 100;
  private int lastLink;

  LoadResponse load(LoadRequest request) {
    if (request.getInfoCount() == 0 || !request.hasBytecode()) {
      throw FailureCode.INVALID_REQUEST.because("the load request has no program or no bytecode");
    }
    if (request.getMapOwnerId() != 0 && !programs.containsKey(request.getMapOwnerId())) {
      throw FailureCode.INVALID_REQUEST.because(
          "map owner %d does not exist".formatted(request.getMapOwnerId()));
    }
    LoadResponse.Builder response = LoadResponse.newBuilder();
    for (LoadInfo info : request.getInfoList()) {
      LoadResponseInfo loaded = loaded(request, info, ++lastProgram);
      programs.put(lastProgram, loaded);
      facts.put(lastProgram, facts(request, info));
      response.addPrograms(loaded);
    }
    return response.build();
  }

  private static LoadResponseInfo loaded(LoadRequest request, LoadInfo info, int id) {
    ProgramInfo.Builder program =
        ProgramInfo.newBuilder()
            .setName(info.getName())
            .setBytecode(request.getBytecode())
            .putAllGlobalData(request.getGlobalDataMap())
            .putAllMetadata(ownMetadata(request));
    if (request.getMapOwnerId() != 0) {
      program.setMapOwnerId(request.getMapOwnerId());
    }
    return LoadResponseInfo.newBuilder()
        .setInfo(program)
        .setKernelInfo(KernelProgramInfo.newBuilder().setId(id).setName(info.getName()))
        .build();
  }

  private static Map<String, String> ownMetadata(LoadRequest request) {
    Map<String, String> own = new TreeMap<>(request.getMetadataMap());
    own.remove(MetadataKeys.SOURCE_PATH);
    own.keySet().removeIf(key -> key.startsWith(MetadataKeys.ACTUAL_TYPE));
    return own;
  }

  private static ProgramFacts facts(LoadRequest request, LoadInfo info) {
    String type =
        ProgramType.ofWireNumber(info.getProgramTypeValue())
            .map(ProgramType::cliName)
            .orElse("unknown");
    String path = request.getBytecode().getFile();
    return ProgramFacts.newBuilder()
        .setType(request.getMetadataOrDefault(MetadataKeys.ACTUAL_TYPE + info.getName(), type))
        .setSourcePath(request.getMetadataOrDefault(MetadataKeys.SOURCE_PATH, path))
        .build();
  }

  /** Those that {@code ids} names, or all. */
  List<Program> details(List<Integer> ids, Map<String, String> metadata) {
    return programs.entrySet().stream()
        .filter(program -> ids.isEmpty() || ids.contains(program.getKey()))
        .filter(program -> has(program.getValue(), metadata))
        .map(program -> details(program.getKey(), program.getValue()))
        .toList();
  }

  private static boolean has(LoadResponseInfo program, Map<String, String> metadata) {
    return program.getInfo().getMetadataMap().entrySet().containsAll(metadata.entrySet());
  }

  private Program details(int id, LoadResponseInfo program) {
    return Program.newBuilder()
        .setInfo(info(program))
        .setKernelInfo(program.getKernelInfo())
        .setFacts(facts.getOrDefault(id, ProgramFacts.getDefaultInstance()))
        .build();
  }

  void unload(int id) {
    if (programs.remove(id) == null) {
      throw FailureCode.PROGRAM_NOT_FOUND.because("program %d does not exist".formatted(id));
    }
    links.values().removeIf(link -> link.getProgramId() == id);
  }

  AttachResponse attach(AttachRequest request) {
    if (!programs.containsKey(request.getId())) {
      throw FailureCode.PROGRAM_NOT_FOUND.because(
          "program %d does not exist".formatted(request.getId()));
    }
    AttachSpec spec = AttachInfos.fromProto(request.getAttach());
    requireFree(request.getId(), spec);
    links.put(++lastLink, link(lastLink, request));
    return AttachResponse.newBuilder().setLinkId(lastLink).build();
  }

  private Link link(int id, AttachRequest request) {
    String type = facts.getOrDefault(request.getId(), ProgramFacts.getDefaultInstance()).getType();
    String kind = AttachInfos.fromProto(request.getAttach()).kind();
    return Link.newBuilder()
        .setKind(type.endsWith("retprobe") ? type : kind)
        .setId(id)
        .setProgramId(request.getId())
        .setAttach(request.getAttach())
        .setHealth(LinkHealth.LINK_HEALTH_ATTACHED)
        .build();
  }

  private void requireFree(int program, AttachSpec spec) {
    if (spec instanceof AttachSpec.Network network
        && !interfaces.contains(network.hook().interfaceName())) {
      throw FailureCode.INTERFACE_NOT_FOUND.because(
          "interface \"%s\" does not exist".formatted(network.hook().interfaceName()));
    }
    for (Link other : links.values()) {
      AttachSpec taken = AttachInfos.fromProto(other.getAttach());
      boolean alive = other.getHealth() == LinkHealth.LINK_HEALTH_ATTACHED;
      if (alive && clash(program, spec, other.getProgramId(), taken)) {
        throw FailureCode.HOOK_BUSY.because(
            "%s is taken by link %d".formatted(spec.attachPoint(), other.getId()));
      }
    }
  }

  private static boolean clash(int program, AttachSpec spec, int otherProgram, AttachSpec other) {
    return switch (spec) {
      case AttachSpec.Xdp xdp -> other instanceof AttachSpec.Xdp x && x.hook().equals(xdp.hook());
      case AttachSpec.Tc _ ->
          other instanceof AttachSpec.Tc tc && tc.attachPoint().equals(spec.attachPoint());
      case AttachSpec.Tcx _ ->
          other instanceof AttachSpec.Tcx tcx
              && program == otherProgram
              && tcx.attachPoint().equals(spec.attachPoint());
      default -> false;
    };
  }

  void detach(int id) {
    if (links.remove(id) == null) {
      throw FailureCode.LINK_NOT_FOUND.because("link %d does not exist".formatted(id));
    }
  }

  /** The program with the ids of its links filled in. */
  ProgramInfo info(LoadResponseInfo program) {
    ProgramInfo.Builder info = program.getInfo().toBuilder();
    links.values().stream()
        .filter(link -> link.getProgramId() == program.getKernelInfo().getId())
        .forEach(link -> info.addLinks(link.getId()));
    return info.build();
  }

  List<Link> links(int program, Map<String, String> metadata) {
    List<Link> found = new ArrayList<>();
    for (Link link : links.values()) {
      AttachInfo attach = link.getAttach();
      if ((program == 0 || link.getProgramId() == program)
          && AttachInfos.metadata(attach).entrySet().containsAll(metadata.entrySet())) {
        found.add(link);
      }
    }
    return found;
  }

  void health(int id, LinkHealth health, String reason) {
    links.computeIfPresent(
        id, (_, link) -> link.toBuilder().setHealth(health).setReason(reason).build());
  }

  List<Finding> drift(boolean repair) {
    List<Finding> found = new ArrayList<>();
    for (Link link : List.copyOf(links.values())) {
      if (link.getHealth() != LinkHealth.LINK_HEALTH_ATTACHED) {
        Finding.Builder finding =
            Finding.newBuilder()
                .setSubject("link %d".formatted(link.getId()))
                .setProblem("was lost (%s)".formatted(link.getReason()))
                .setRemedy("attach it again");
        if (repair) {
          repair(link, finding);
        }
        found.add(finding.build());
      }
    }
    return found;
  }

  private void repair(Link link, Finding.Builder finding) {
    AttachSpec spec = AttachInfos.fromProto(link.getAttach());
    if (spec instanceof AttachSpec.Network network
        && !interfaces.contains(network.hook().interfaceName())) {
      finding
          .setOutcome(RepairOutcome.REPAIR_OUTCOME_FAILED)
          .setReason("interface \"%s\" does not exist".formatted(network.hook().interfaceName()));
    } else {
      health(link.getId(), LinkHealth.LINK_HEALTH_ATTACHED, "");
      finding.setOutcome(RepairOutcome.REPAIR_OUTCOME_REPAIRED);
    }
  }

  /** Links stay on it. */
  void renameInterface(String name, String now) {
    interfaces.remove(name);
    interfaces.add(now);
    for (Link link : List.copyOf(links.values())) {
      if (AttachInfos.fromProto(link.getAttach()) instanceof AttachSpec.Network network
          && network.hook().interfaceName().equals(name)) {
        Link moved = link.toBuilder().setInterfaceNow(now).build();
        links.put(link.getId(), moved);
        health(link.getId(), LinkHealth.LINK_HEALTH_OUTDATED, name + " is now named " + now);
      }
    }
  }

  void removeInterface(String name) {
    interfaces.remove(name);
    for (Link link : List.copyOf(links.values())) {
      if (AttachInfos.fromProto(link.getAttach()) instanceof AttachSpec.Network network
          && network.hook().interfaceName().equals(name)) {
        health(link.getId(), LinkHealth.LINK_HEALTH_DETACHED, "interface is gone");
      }
    }
  }
}
