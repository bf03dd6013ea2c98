package io.bpfman.bench;

import java.nio.file.Path;

/**
 * Where and what to measure. The process already runs in the network namespace that holds the
 * device.
 *
 * @param directory scratch directory on a tmpfs; a bpffs is mounted at its {@code pins}
 * @param object compiled bench.bpf.c
 * @param floor compiled floor.c
 * @param device interface to attach to
 * @param libc real path of the C library
 * @param rounds repetitions of each step and kind
 */
record Setting(Path directory, Path object, Path floor, String device, Path libc, int rounds) {}
