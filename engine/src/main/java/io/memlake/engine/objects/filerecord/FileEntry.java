package io.memlake.engine.objects.filerecord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file: its base record and the records that continue it. */
public final class FileEntry {
  private final FileReference reference;
  private final FileRecord base;
  private final List<Attribute> attributes;

  FileEntry(FileReference reference, FileRecord base, List<FileRecord> extensions) {
    this.reference = reference;
    this.base = base;
    attributes = new ArrayList<>(base.attributes());
    extensions.forEach(extension -> attributes.addAll(extension.attributes()));
  }

  /** Number and sequence of its base record. */
  public FileReference reference() {
    return reference;
  }

  /** Its base record. */
  public FileRecord record() {
    return base;
  }

  /** Times and flags; empty when no record of the file that is there has them. */
  public Optional<StandardInformation> standardInformation() {
    return attributes.stream()
        .filter(attribute -> attribute.type() == AttributeTypes.STANDARD_INFORMATION)
        .findFirst()
        .flatMap(attribute -> StandardInformation.parse(attribute.value()));
  }

  /** All names, short ones included. */
  public List<FileName> names() {
    List<FileName> names = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (attribute.type() == AttributeTypes.FILE_NAME) {
        byte[] value = attribute.value();
        FileName.parse(value, 0, value.length).ifPresent(names::add);
      }
    }
    return names;
  }

  /** The names without short ones that only repeat a long one. */
  public List<FileName> longNames() {
    List<FileName> all = names();
    List<FileName> found =
        all.stream().filter(name -> name.namespace() != FileName.Namespace.DOS).toList();
    return found.isEmpty() ? all : found;
  }

  /** Content and alternate streams, in the order of their attributes. */
  public List<DataStream> streams() {
    Map<String, List<Attribute>> byName = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      if (attribute.type() == AttributeTypes.DATA) {
        byName.computeIfAbsent(attribute.name(), name -> new ArrayList<>()).add(attribute);
      }
    }
    return byName.values().stream().map(DataStream::new).toList();
  }

  /** All attributes of all records of the file that are there. */
  public List<Attribute> attributes() {
    return List.copyOf(attributes);
  }
}
