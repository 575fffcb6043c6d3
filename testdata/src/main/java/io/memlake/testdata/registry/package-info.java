/**
 * Registry hives: trees of keys written as hive files, and hive files mounted into a machine's
 * memory as the Configuration Manager does. Shares no layout with the engine that reads them.
 */
package io.memlake.testdata.registry;
