package io.bpfman.cli.program;

import io.bpfman.cli.output.Fields;
import io.bpfman.proto.v1.KernelProgramInfo;
import io.bpfman.proto.x.v1.Program;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the kernel says of a program, as bpfman writes it. */
record KernelProgramJson(Program program) {

  Map<String, @Nullable Object> json() {
    KernelProgramInfo kernel = program.getKernelInfo();
    long memlock = Integer.toUnsignedLong(kernel.getBytesMemlock());
    return new Fields()
        .put("id", Integer.toUnsignedLong(kernel.getId()))
        .put("name", kernel.getName())
        .put("program_type", KernelTypes.kernelName(kernel.getProgramType()))
        .put("tag", kernel.getTag())
        .put("loaded_at", kernel.getLoadedAt())
        .put("uid", Integer.toUnsignedLong(program.getUid()))
        .put("has_uid", true)
        .put("btf_id", Integer.toUnsignedLong(kernel.getBtfId()))
        .put("has_btf_id", kernel.getBtfId() != 0)
        .put("map_ids", kernel.getMapIdsList().stream().map(Integer::toUnsignedLong).toList())
        .put("has_map_ids", kernel.getMapIdsCount() > 0)
        .put("jited_size", Integer.toUnsignedLong(kernel.getBytesJited()))
        .put("xlated_size", Integer.toUnsignedLong(kernel.getBytesXlated()))
        .put("verified_insns", Integer.toUnsignedLong(kernel.getVerifiedInsns()))
        .put("memlock", memlock)
        .put("has_memlock", memlock > 0)
        .put("restricted", kernel.getBytesXlated() == 0)
        .map();
  }
}
