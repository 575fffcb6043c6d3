/**
 * What is in a synthetic machine, for tests to compare with. Values of records only; nothing here
 * reads memory. Addresses are virtual unless the name says physical; times are Windows file times
 * (100-nanosecond steps since 1601, UTC), 0 for none.
 */
package io.memlake.testdata.truth;
