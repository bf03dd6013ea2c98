package io.bpfman.loader.port;

/**
 * What the kernel says of a map (struct bpf_map_info of linux/bpf.h).
 *
 * @param type bpf_map_type
 * @param keySize bytes
 * @param valueSize bytes of one value
 * @param maxEntries capacity
 * @param flags BPF_F_ bits
 * @param name cut to 15 bytes by the kernel
 * @param btfId type information; 0 without
 * @param keyType BTF type id; 0 without
 * @param valueType BTF type id; 0 without
 */
public record MapFacts(
    long id,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    String name,
    long btfId,
    int keyType,
    int valueType) {}
