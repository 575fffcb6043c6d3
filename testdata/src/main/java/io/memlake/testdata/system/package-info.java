/**
 * What drivers and services keep beyond their own objects: device stacks, links and mutants,
 * callbacks, system calls, timers, big pool pages, unloaded drivers, sockets, services. A machine
 * has them when {@link io.memlake.testdata.machine.MachineBuilder#system} asks for them.
 *
 * <p>Reads from: {@code objects}, {@code layout}. Shares nothing with the engine: where structures
 * are in no public symbols, their offsets stand in layout resources that were made from the symbol
 * tables of Volatility 3.
 */
package io.memlake.testdata.system;
