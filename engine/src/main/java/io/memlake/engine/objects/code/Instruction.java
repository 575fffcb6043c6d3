package io.memlake.engine.objects.code;

/**
 * One instruction.
 *
 * @param address where it lies
 * @param text in Intel's notation; {@code (bad)} for bytes that are none
 */
public record Instruction(long address, String text) {}
