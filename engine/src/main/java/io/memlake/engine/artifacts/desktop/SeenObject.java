package io.memlake.engine.artifacts.desktop;

import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.objects.object.ExecutiveObject;
import java.util.Optional;

/**
 * A window station or desktop and who saw it.
 *
 * @param type its type
 * @param virtualAddress kernel address, 0 when it is mapped nowhere
 * @param object what its header says, where handles or a directory lead to it
 * @param path its full name; empty when no directory holds it
 * @param sighting whether anything of the live system leads to it, and what the scan knows
 * @param inHandles whether a process has a handle to it
 */
record SeenObject(
    String type,
    long virtualAddress,
    Optional<ExecutiveObject> object,
    Optional<String> path,
    Sighting sighting,
    boolean inHandles) {

  SeenObject and(SeenObject other) {
    return new SeenObject(
        type,
        virtualAddress == 0 ? other.virtualAddress : virtualAddress,
        object.or(other::object),
        path.or(other::path),
        sighting.and(other.sighting),
        inHandles || other.inHandles);
  }
}
