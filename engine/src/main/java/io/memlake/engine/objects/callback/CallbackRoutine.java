package io.memlake.engine.objects.callback;

/**
 * A registered routine.
 *
 * @param type kind, by the name of the kernel's list or of the registering routine
 * @param address the routine
 * @param entry virtual address of the registration, 0 when nothing maps it
 * @param slot place in its array or list; -1 when the scan found it
 * @param detail what else the registration says; empty for nothing
 * @param context what the routine is called with, 0 for none
 */
public record CallbackRoutine(
    String type, long address, long entry, int slot, String detail, long context) {}
