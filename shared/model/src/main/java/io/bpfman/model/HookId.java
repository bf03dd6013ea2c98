package io.bpfman.model;

/**
 * An interface as the kernel knows it, whatever path leads to its namespace.
 *
 * @param netns inode of the network namespace, unique on a host
 * @param interfaceIndex unique in the namespace; an interface that is made again gets another one
 */
public record HookId(long netns, int interfaceIndex) {}
