package io.bpfman.model;

/**
 * What the daemon stores of a dispatcher.
 *
 * @param where how the interface was named when the dispatcher was made
 * @param revision from 1, one more each time that the chain is made anew
 * @param program kernel id of the dispatcher program
 * @param kernelLinkId kernel link id of the XDP link that holds it; 0 for TC
 */
public record DispatcherRecord(
    ChainKey key, NetworkHook where, int revision, long program, long kernelLinkId) {}
