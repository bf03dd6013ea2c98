package io.bpfman.model;

/**
 * Which file it is and in which state, whatever its names are.
 *
 * @param device st_dev of stat(2)
 * @param inode st_ino
 * @param size bytes
 * @param modified nanoseconds since 1970
 */
public record FileIdentity(long device, long inode, long size, long modified) {
  /** Whether it is one file, in whatever state. */
  public boolean isSameFile(FileIdentity other) {
    return device == other.device && inode == other.inode;
  }
}
