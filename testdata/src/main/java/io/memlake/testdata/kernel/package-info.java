/**
 * The kernel of the synthetic machine: where its regions lie, its image with symbols at their real
 * addresses, the debugger data block, shared user data and the processor start block.
 *
 * <p>Reads from: {@code layout}, {@code memory}, {@code pe}. Feeds: {@code objects}, {@code
 * process}, {@code machine}.
 */
package io.memlake.testdata.kernel;
