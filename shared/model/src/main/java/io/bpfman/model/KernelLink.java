package io.bpfman.model;

/**
 * What the kernel says of a link (struct bpf_link_info of linux/bpf.h); a number that its type does
 * not have is 0.
 *
 * @param id changes when a chain is made anew
 * @param program kernel id of what it runs
 * @param type bpf_link_type
 * @param attachType bpf_attach_type, of tracing and TCX links
 * @param interfaceIndex of XDP and TCX links; 0 when the interface is gone
 * @param targetObject of tracing links: BTF object of the function, or the program that a copy
 *     extends
 * @param targetBtf BTF id of that function
 * @param kprobeAddress address of the probed function, where the kernel tells it
 * @param kprobeMissed runs that were missed
 */
public record KernelLink(
    long id,
    long program,
    int type,
    int attachType,
    int interfaceIndex,
    long targetObject,
    long targetBtf,
    long kprobeAddress,
    long kprobeMissed) {}
