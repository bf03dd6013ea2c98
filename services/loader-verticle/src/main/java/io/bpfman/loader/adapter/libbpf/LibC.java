package io.bpfman.loader.adapter.libbpf;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library. Those that answer -1 or null leave errno in {@link
 * jnr.ffi.Runtime#getLastError()}, valid until the thread's next native call. Public because
 * jnr-ffi generates the implementation elsewhere. A function of six parameters must have a {@link
 * Pointer} among them: jffi 1.4.3 on x86-64 passes garbage as the sixth of six numbers.
 */
public interface LibC {

  /** bpf(2). */
  long syscall(long number, long command, Pointer attribute, long size);

  /** perf_event_open(2). */
  long syscall(long number, Pointer attribute, long pid, long cpu, long group, long flags);

  int open(String path, int flags);

  int close(int descriptor);

  long read(int descriptor, Pointer buffer, long size);

  int unlink(String path);

  int setns(int descriptor, int kind);

  int mount(String source, String target, String type, long flags, @Nullable Pointer data);

  int umount2(String target, int flags);

  int statfs(String path, Pointer result);

  int if_nametoindex(String name);

  int getpagesize();

  int ioctl(int descriptor, long request, Pointer argument);

  /** Writes up to 16 bytes; answers null without such an interface. */
  @Nullable Pointer if_indextoname(int index, Pointer name);

  int clock_gettime(int clock, Pointer result);

  int socket(int domain, int type, int protocol);

  int bind(int descriptor, Pointer address, int size);

  int poll(Pointer descriptors, long count, int milliseconds);

  int eventfd(int value, int flags);

  long write(int descriptor, Pointer buffer, long size);

  int inotify_init1(int flags);

  int inotify_add_watch(int descriptor, String path, int mask);

  int inotify_rm_watch(int descriptor, int watch);

  long send(int descriptor, Pointer buffer, long size, int flags);

  long recv(int descriptor, Pointer buffer, long size, int flags);

  @Nullable Pointer calloc(long count, long size);

  void free(Pointer block);

  /** Answers the address, or -1. */
  long mmap(
      @Nullable Pointer address, long size, int protection, int flags, int descriptor, long offset);

  int munmap(long address, long size);

  int vsnprintf(Pointer buffer, long size, Pointer format, Pointer arguments);
}
