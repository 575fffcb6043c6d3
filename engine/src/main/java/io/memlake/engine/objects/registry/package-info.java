/**
 * Registry hives: keys, values, security, deleted cells, and hives written back as files.
 *
 * <p>Everything works on a {@link io.memlake.engine.objects.registry.CellSource}, so a hive file,
 * bins carved out of memory and a hive that a running kernel maps are read by the same code. Pages
 * may be absent: what they held becomes a {@link io.memlake.engine.objects.registry.HiveGap} that
 * names the cell, and everything else is still read.
 *
 * <p>Logs are not replayed: {@link io.memlake.engine.objects.registry.BaseBlock#dirty()} says that
 * a file has changes that only its logs hold. A hive in memory already has them.
 *
 * <p>Reads from: {@code bytes}, {@code objects.value}. Feeds: {@code artifacts}. Reference: the
 * public specification of the registry file format (M. Suhanov, <i>Windows registry file format
 * specification</i>); structure names {@code _HBASE_BLOCK}, {@code _HBIN}, {@code _CM_KEY_NODE},
 * {@code _CM_KEY_VALUE}, {@code _CM_BIG_DATA} from the public symbols of the kernel.
 */
package io.memlake.engine.objects.registry;
