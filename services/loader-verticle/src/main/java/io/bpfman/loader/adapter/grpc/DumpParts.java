package io.bpfman.loader.adapter.grpc;

import io.bpfman.proto.x.v1.DumpMapResponse;

/** One dump, read part by part. Blocking; one thread at a time. */
interface DumpParts {
  DumpMapResponse next();

  /** Whether the last part was read. Any thread. */
  boolean isDone();
}
