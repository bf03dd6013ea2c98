package io.bpfman.operator.webhook;

import java.time.Duration;

/**
 * What requests may take of the operator.
 *
 * @param body bytes of one body
 * @param room bytes of all bodies that are being received or judged
 * @param time for one body to arrive
 */
record BodyLimits(int body, int room, Duration time) {
  /**
   * Four of the largest bodies at once. The API server sends a body in milliseconds and gives up
   * after 5 s; at most 30 s, if somebody configures it so.
   */
  static final BodyLimits USUAL =
      new BodyLimits(WebhookSettings.MAX_BODY, 4 * WebhookSettings.MAX_BODY, Duration.ofSeconds(5));
}
