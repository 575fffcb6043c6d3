/**
 * Tables that a result is compared with: rows kept in files and reviewed in the diff, or rows made
 * from a machine's truth in another reader's form.
 */
package io.memlake.testdata.golden;
