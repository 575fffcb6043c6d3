/**
 * The one bridge between row types and what Spark and Parquet know: rows become Parquet files
 * without passing through Spark, and Parquet files become data frames with the columns of the
 * table, documentation and number format included.
 *
 * <p>Partition columns are named by the folders and stand in no file: readers that take them from
 * both places (pyarrow) refuse the mixture.
 */
package io.memlake.jobs.rows;
