package io.memlake.engine.artifacts.handle;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.handle.Handle;
import io.memlake.engine.objects.handle.HandleTableReader;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.process.Eprocess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who has handles to objects of the types that tables of their own are made of. */
public final class HandleHolders {
  /** Types whose holders are kept. */
  private static final Set<String> TYPES = Set.of("Job", "WindowStation", "Desktop");

  private final Map<Long, Held> objects = new LinkedHashMap<>();
  private final ObjectReader reader;
  private boolean typed;

  private HandleHolders(ObjectReader reader) {
    this.reader = reader;
  }

  /**
   * An object and who has handles to it.
   *
   * @param object what its header says
   * @param holders the processes, by id
   */
  public record Held(ExecutiveObject object, Set<Eprocess> holders) {}

  /**
   * Walks the handle tables of all running processes.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack handle tables
   * @throws IOException when the medium fails
   */
  public static HandleHolders of(MachineView view) throws IOException {
    HandleTableReader tables = view.handleTableReader();
    HandleHolders holders = new HandleHolders(view.kernel().objects());
    for (SeenProcess seen : view.processes().processes()) {
      Eprocess owner = seen.process();
      if (!view.machine().kernelSpace().isKernel(owner.objectTable()) || owner.ended()) {
        continue;
      }
      tables.walk(
          view.machine().kernelSpace(),
          owner.objectTable(),
          (Handle handle) -> holders.add(owner, handle));
    }
    return holders;
  }

  private void add(Eprocess owner, Handle handle) throws IOException {
    long body = handle.target() + reader.bodyOffset();
    Held known = objects.get(body);
    if (known == null) {
      Optional<ExecutiveObject> object = reader.read(body);
      String type = object.flatMap(ExecutiveObject::type).orElse("");
      typed |= !type.isEmpty();
      if (!TYPES.contains(type)) {
        return;
      }
      known = new Held(object.orElseThrow(), new LinkedHashSet<>());
      objects.put(body, known);
    }
    known.holders().add(owner);
  }

  /** Whether types of objects could be told at all; without them nothing is known of anybody. */
  public boolean known() {
    return typed;
  }

  /** The objects of a type, in the order in which handles name them. */
  public List<Held> ofType(String type) {
    return objects.values().stream().filter(held -> held.object().is(type)).toList();
  }

  /** The processes with a handle to an object, as id and name. */
  public List<String> holders(long body) {
    Held held = objects.get(body);
    return held == null ? List.of() : ProcessLabel.of(held.holders());
  }
}
