package io.bpfman.loader.adapter.libbpf;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import org.jspecify.annotations.Nullable;

/**
 * Functions of libbpf 1.0 or newer, under their C names (bpf/libbpf.h and bpf/bpf.h of Debian's
 * 1.1.2). Functions that answer {@code int} give a negative errno on failure; those that answer a
 * pointer give null and leave errno in {@link jnr.ffi.Runtime#getLastError()}. Public because
 * jnr-ffi generates the implementation elsewhere.
 */
public interface LibBpf {

  /** libbpf_print_fn_t: {@code arguments} is a va_list. Called on the thread that called libbpf. */
  interface PrintCallback {
    /** The answer is ignored by libbpf. */
    @Delegate
    int print(int level, Pointer format, Pointer arguments);
  }

  int libbpf_major_version();

  int libbpf_minor_version();

  /** Process-wide; null silences libbpf. */
  @Nullable Pointer libbpf_set_print(@Nullable PrintCallback callback);

  /** Copies what it needs of {@code content}, which may be freed afterwards. */
  @Nullable Pointer bpf_object__open_mem(Pointer content, long size, Pointer openOptions);

  int bpf_object__load(Pointer object);

  /** Null with errno when the kernel refuses. The caller frees it. */
  @Nullable Pointer btf__load_from_kernel_by_id(int id);

  void btf__free(Pointer types);

  int btf__find_by_name_kind(Pointer types, String name, int kind);

  void bpf_object__close(Pointer object);

  @Nullable Pointer bpf_object__next_program(Pointer object, @Nullable Pointer previous);

  @Nullable Pointer bpf_object__find_program_by_name(Pointer object, String name);

  @Nullable Pointer bpf_object__find_map_by_name(Pointer object, String name);

  @Nullable Pointer bpf_object__next_map(Pointer object, @Nullable Pointer previous);

  String bpf_program__name(Pointer program);

  int bpf_program__fd(Pointer program);

  int bpf_program__type(Pointer program);

  int bpf_program__set_type(Pointer program, int type);

  int bpf_program__set_expected_attach_type(Pointer program, int attachType);

  int bpf_program__set_autoload(Pointer program, boolean autoload);

  int bpf_program__flags(Pointer program);

  int bpf_program__set_flags(Pointer program, int flags);

  int bpf_program__set_attach_target(Pointer program, int targetProgram, String function);

  int bpf_program__set_log_buf(Pointer program, Pointer buffer, long size);

  String bpf_map__name(Pointer map);

  int bpf_map__set_autocreate(Pointer map, boolean autocreate);

  int bpf_map__fd(Pointer map);

  /** Null for maps that hold no maps, or do not say what is in them. */
  @Nullable Pointer bpf_map__inner_map(Pointer map);

  /** C bool: only the low byte is defined. */
  byte bpf_map__is_internal(Pointer map);

  int bpf_map__type(Pointer map);

  int bpf_map__key_size(Pointer map);

  int bpf_map__value_size(Pointer map);

  int bpf_map__set_key_size(Pointer map, int size);

  int bpf_map__set_value_size(Pointer map, int size);

  int bpf_map__max_entries(Pointer map);

  int bpf_map__map_flags(Pointer map);

  @Nullable String bpf_map__pin_path(Pointer map);

  int bpf_map__set_pin_path(Pointer map, @Nullable String path);

  /** Takes a duplicate of {@code descriptor}; the caller keeps its own. */
  int bpf_map__reuse_fd(Pointer map, int descriptor);

  @Nullable Pointer bpf_map__initial_value(Pointer map, Pointer size);

  int bpf_obj_pin(int descriptor, String path);

  int bpf_obj_get(String path);

  int bpf_obj_get_info_by_fd(int descriptor, Pointer info, Pointer length);

  int bpf_prog_get_next_id(int start, Pointer next);

  int bpf_prog_get_fd_by_id(int id);

  int bpf_link_get_next_id(int start, Pointer next);

  int bpf_link_create(int program, int target, int attachType, @Nullable Pointer options);

  int bpf_link_update(int link, int program, @Nullable Pointer options);

  int bpf_link_detach(int link);

  int bpf_map_get_next_key(int map, @Nullable Pointer key, Pointer next);

  int bpf_map_lookup_elem(int map, @Nullable Pointer key, Pointer value);

  int bpf_map_update_elem(int map, @Nullable Pointer key, Pointer value, long flags);

  int bpf_map_delete_elem(int map, @Nullable Pointer key);

  int bpf_map_get_fd_by_id(int id);

  int bpf_btf_get_fd_by_id(int id);

  /** {@code kind} 0 is BPF_STATS_RUN_TIME; the kernel counts while the descriptor is open. */
  int bpf_enable_stats(int kind);

  /** 1: supported, 0: not, negative: cannot be told. */
  int libbpf_probe_bpf_prog_type(int type, @Nullable Pointer options);

  /** 1: supported, 0: not, negative: cannot be told. */
  int libbpf_probe_bpf_map_type(int type, @Nullable Pointer options);

  int bpf_xdp_query_id(int interfaceIndex, int flags, Pointer programId);

  int bpf_tc_hook_create(Pointer hook);

  int bpf_tc_hook_destroy(Pointer hook);

  int bpf_tc_attach(Pointer hook, Pointer options);

  int bpf_tc_detach(Pointer hook, Pointer options);

  int bpf_tc_query(Pointer hook, Pointer options);
}
