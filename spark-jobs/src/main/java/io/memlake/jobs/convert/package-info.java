/** Any container to a standard one, written beside nothing and over nothing. */
package io.memlake.jobs.convert;
