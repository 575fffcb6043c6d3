/** Sample data outside the repository: where it is, and what to say when it is not there. */
package io.memlake.testdata.corpus;
