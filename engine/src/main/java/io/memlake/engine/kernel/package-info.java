/**
 * Finds the Windows in an image: its directory table base, its kernel, the symbols that fit, its
 * version.
 *
 * <p>Several independent locators search; each leaves a {@link
 * io.memlake.engine.kernel.LocatorVote}, and none may end the search by failing. The result, a
 * {@link io.memlake.engine.kernel.MachineDescription}, is small and serializable; a {@link
 * io.memlake.engine.kernel.Machine} opens from it without searching again.
 *
 * <p>Reads from: {@code physical}, {@code image}, {@code paging}, {@code symbols}. Feeds: {@code
 * objects}, {@code scan}, {@code artifacts}.
 */
package io.memlake.engine.kernel;
