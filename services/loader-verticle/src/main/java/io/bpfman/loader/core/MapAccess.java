package io.bpfman.loader.core;

/** What may be done with a map. */
enum MapAccess {
  DUMP,
  LOOK_UP,
  WRITE,
  DELETE
}
