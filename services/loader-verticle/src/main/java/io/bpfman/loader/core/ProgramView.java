package io.bpfman.loader.core;

import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * One program: what was recorded and what the kernel says now.
 *
 * @param links ascending
 * @param mapDirectory where its map pins are
 * @param mapUsers programs that use these maps, itself included, ascending
 */
public record ProgramView(
    ProgramRecord record,
    KernelProgram kernel,
    List<LinkId> links,
    Path mapDirectory,
    List<ProgramId> mapUsers) {}
