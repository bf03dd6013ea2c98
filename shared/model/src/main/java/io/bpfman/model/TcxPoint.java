package io.bpfman.model;

/** A hook on which the kernel itself runs several programs one after another. */
public record TcxPoint(HookId hook, Direction direction) implements HookPoint {}
