/**
 * YARA rules over the memory of processes. The engine is YARA-X of VirusTotal, compiled to
 * WebAssembly by its makers and run by Chicory inside of this JVM: no native code on any executor.
 *
 * <p>Reads from: evidence, through {@code extract}. Feeds: {@code yara_matches}. Reference: {@code
 * resources/yara-x/README.md}, decision 0021.
 */
package io.memlake.jobs.hunt.yara;
