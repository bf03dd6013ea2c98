package io.bpfman.loader.adapter.grpc;

import java.time.Duration;

/**
 * What clients may hold of the daemon.
 *
 * @param idle a connection on which nothing moves for so long is closed
 * @param connections at once
 * @param streams calls at once on one connection
 * @param waiting calls that wait for others to end; further ones are refused
 */
public record SocketLimits(Duration idle, int connections, int streams, int waiting) {}
