package io.bpfman.runtime.http;

import java.time.Duration;

/**
 * What requests may take of the operator.
 *
 * @param body bytes of one body
 * @param room bytes of all bodies that are being received or judged
 * @param time for one body to arrive
 */
public record BodyLimits(int body, int room, Duration time) {}
