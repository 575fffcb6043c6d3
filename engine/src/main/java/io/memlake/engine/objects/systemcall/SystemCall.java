package io.memlake.engine.objects.systemcall;

/**
 * An entry of a system service table.
 *
 * @param number number of the service in its table
 * @param address its routine
 * @param entry virtual address of the entry
 * @param stackArguments arguments on the stack; -1 where entries do not say
 */
public record SystemCall(int number, long address, long entry, int stackArguments) {}
