package io.memlake.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Tells changes of a table that break readers of its lakes from those that do not. */
final class SchemaChanges {
  private SchemaChanges() {}

  /**
   * One sentence for each change from {@code golden} to {@code current} that breaks a reader. Avro
   * alone lets a column with a default vanish; people's queries do not.
   */
  static List<String> breaking(Schema golden, Schema current) {
    List<String> broken = new ArrayList<>();
    for (Schema.Field before : golden.getFields()) {
      Schema.Field after = current.getField(before.name());
      if (after == null) {
        broken.add("column " + before.name() + " was removed or renamed");
      } else if (!after.schema().equals(before.schema())) {
        broken.add(
            "column "
                + before.name()
                + " changed its type from "
                + before.schema()
                + " to "
                + after.schema());
      }
    }
    for (Schema.Field after : current.getFields()) {
      if (golden.getField(after.name()) == null && !after.hasDefaultValue()) {
        broken.add("new column " + after.name() + " must be nullable with default null");
      }
    }
    addAvro(broken, "this release cannot read lakes of the golden schema", current, golden);
    addAvro(broken, "the golden release cannot read lakes of this schema", golden, current);
    return broken;
  }

  /** The schema without its texts, which may change at any time. */
  static Schema withoutDocs(Schema schema) {
    List<Schema.Field> fields =
        schema.getFields().stream().map(SchemaChanges::withoutDocs).toList();
    Schema bare = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    schema
        .getObjectProps()
        .forEach(
            (name, value) -> {
              if (!name.equals("example")) {
                bare.addProp(name, value);
              }
            });
    return bare;
  }

  private static Schema.Field withoutDocs(Schema.Field field) {
    Schema.Field bare = new Schema.Field(field.name(), field.schema(), null, field.defaultVal());
    field
        .getObjectProps()
        .forEach(
            (name, value) -> {
              if (!name.equals("when_null")) {
                bare.addProp(name, value);
              }
            });
    return bare;
  }

  private static void addAvro(List<String> broken, String what, Schema reader, Schema writer) {
    SchemaCompatibility.SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (pair.getType() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
      pair.getResult()
          .getIncompatibilities()
          .forEach(reason -> broken.add(what + ": " + reason.getMessage()));
    }
  }
}
