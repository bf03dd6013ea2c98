package io.bpfman.loader.adapter.grpc;

/**
 * The process that opened a connection, as the kernel noted it then (SO_PEERCRED, unix(7)).
 *
 * @param uid effective user
 * @param gid effective group
 * @param pid 0 when it lives in a process namespace that the daemon cannot see
 */
record Caller(long uid, long gid, int pid) {
  @Override
  public String toString() {
    return "uid %d, gid %d, pid %d".formatted(uid, gid, pid);
  }
}
