package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import java.io.IOException;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Reads out of a hive what Windows keeps in certain keys of it. */
interface HiveInterpreter {
  /** Name of the table it fills. */
  String table();

  /** Kinds of hives that have such keys. */
  Set<HiveKind> kinds();

  /** Gives the rows of one hive. */
  void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException;
}
