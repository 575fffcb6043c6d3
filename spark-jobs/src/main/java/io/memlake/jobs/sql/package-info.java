/** Reading a lake with Spark SQL: tables and views by name, and queries that only read. */
package io.memlake.jobs.sql;
