package io.bpfman.loader.core.btf;

import org.jspecify.annotations.Nullable;

/**
 * A global variable in a section of the object.
 *
 * @param typeName as in C; empty when the type cannot be used
 * @param offset bytes from the start of the section
 * @param size bytes
 * @param type null when it cannot be used: then there are only bytes
 */
public record BtfVariable(
    String name, String typeName, int offset, int size, @Nullable BtfValueType type) {}
