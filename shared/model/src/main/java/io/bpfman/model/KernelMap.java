package io.bpfman.model;

/**
 * What the kernel says of a map (struct bpf_map_info of linux/bpf.h, and its fdinfo).
 *
 * @param name cut to 15 bytes by the kernel
 * @param type bpf_map_type
 * @param keySize bytes
 * @param valueSize bytes of one value
 * @param maxEntries capacity
 * @param flags BPF_F_ bits
 * @param btfId type information; 0 without
 * @param extra map_extra; 0 for types without
 * @param bytesMemlock memory that the kernel accounts to it; 0 when it does not tell
 * @param frozen whether user space can no longer write it
 */
public record KernelMap(
    long id,
    String name,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    long btfId,
    long extra,
    long bytesMemlock,
    boolean frozen) {}
