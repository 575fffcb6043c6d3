package io.memlake.engine.objects.handle;

import java.util.Optional;

/**
 * What an object says of itself beyond its header.
 *
 * @param name what people call it: the path of a file or key, the last part of another object's
 *     name, the name and ids of a process or thread; empty when it has none
 * @param device for files, the device that their path begins with
 * @param path full name in the namespace of the object manager
 * @param detail more, by type: the target of a symbolic link, the file of a section, the user of a
 *     token, whether an event is signaled
 * @param targetPid process that it is or belongs to, -1 for none
 * @param targetTid thread that it is, -1 for none
 * @param targetName image file name of the process that it is; empty for none
 * @param targetProcess kernel address of the process that it is or belongs to, 0 for none
 * @param readable whether all that its type promises could be read
 */
public record ObjectFacts(
    Optional<String> name,
    Optional<String> device,
    Optional<String> path,
    Optional<String> detail,
    int targetPid,
    int targetTid,
    Optional<String> targetName,
    long targetProcess,
    boolean readable) {

  static ObjectFacts named(Optional<String> name, Optional<String> path, Optional<String> detail) {
    return new ObjectFacts(name, Optional.empty(), path, detail, -1, -1, Optional.empty(), 0, true);
  }

  /** The same with the words that only the type of the object knows. */
  ObjectFacts withDetail(Optional<String> words) {
    return new ObjectFacts(
        name, device, path, words, targetPid, targetTid, targetName, targetProcess, readable);
  }

  /** The same, marked when something of it is absent. */
  ObjectFacts complete(boolean all) {
    return new ObjectFacts(
        name, device, path, detail, targetPid, targetTid, targetName, targetProcess, all);
  }
}
