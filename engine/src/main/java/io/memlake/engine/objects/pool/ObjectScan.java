package io.memlake.engine.objects.pool;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessRules;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.EthreadLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The processes and threads behind pool hits, each once, in the order of their addresses. */
public final class ObjectScan {
  private static final Set<Integer> PROCESS_TAGS = Set.of(tag("Proc"), tag("Pro\u00e3"));
  private static final Set<Integer> THREAD_TAGS = Set.of(tag("Thre"), tag("Thr\u00e5"));

  private ObjectScan() {}

  /**
   * A process that the scan found.
   *
   * @param process the process
   * @param object where and how sure
   */
  public record ScannedProcess(Eprocess process, PoolObject object) {}

  /**
   * A thread that the scan found.
   *
   * @param thread the thread
   * @param object where and how sure
   */
  public record ScannedThread(Ethread thread, PoolObject object) {}

  /** The processes among {@code hits}; hits of other kinds are passed over. */
  public static List<ScannedProcess> processes(
      Machine machine, EprocessLayout layout, ScannedPages pages, Collection<PoolHit> hits)
      throws IOException {
    PoolObjectResolver resolver =
        new PoolObjectResolver(
            machine,
            pages,
            "PsProcessType",
            layout.size(),
            object -> ProcessRules.violation(process(object, layout)).isEmpty());
    List<ScannedProcess> found = new ArrayList<>();
    for (PoolObject object : resolve(resolver, hits, PROCESS_TAGS)) {
      found.add(new ScannedProcess(process(object, layout), object));
    }
    return found;
  }

  /** The threads among {@code hits}; hits of other kinds are passed over. */
  public static List<ScannedThread> threads(
      Machine machine, EthreadLayout layout, ScannedPages pages, Collection<PoolHit> hits)
      throws IOException {
    PoolObjectResolver resolver =
        new PoolObjectResolver(
            machine,
            pages,
            "PsThreadType",
            layout.size(),
            object -> thread(object, layout).violation().isEmpty());
    List<ScannedThread> found = new ArrayList<>();
    for (PoolObject object : resolve(resolver, hits, THREAD_TAGS)) {
      found.add(new ScannedThread(thread(object, layout), object));
    }
    return found;
  }

  /**
   * The objects of one kind among {@code hits}, each once, in the order of their addresses.
   *
   * @param tags tags that the kind has had, as four Latin-1 characters
   * @param typeVariable kernel variable that points at the type, such as {@code IoDriverObjectType}
   * @param size bytes of the object
   * @param sound tells real objects from others by their own fields
   */
  public static List<PoolObject> objects(
      Machine machine,
      ScannedPages pages,
      Collection<PoolHit> hits,
      Set<String> tags,
      String typeVariable,
      int size,
      Predicate<PoolObject> sound)
      throws IOException {
    PoolObjectResolver resolver = new PoolObjectResolver(machine, pages, typeVariable, size, sound);
    Set<Integer> numbers = new HashSet<>();
    tags.forEach(text -> numbers.add(tag(text)));
    return resolve(resolver, hits, numbers);
  }

  private static List<PoolObject> resolve(
      PoolObjectResolver resolver, Collection<PoolHit> hits, Set<Integer> tags) throws IOException {
    List<PoolHit> wanted =
        hits.stream()
            .filter(hit -> tags.contains(hit.tag()))
            .sorted((one, other) -> Long.compare(one.place(), other.place()))
            .toList();
    Set<Long> seen = new HashSet<>();
    List<PoolObject> objects = new ArrayList<>();
    for (PoolHit hit : wanted) {
      Optional<PoolObject> object = resolver.resolve(hit);
      if (object.isPresent() && seen.add(object.get().identity())) {
        objects.add(object.get());
      }
    }
    return objects;
  }

  private static Eprocess process(PoolObject object, EprocessLayout layout) {
    return new Eprocess(object.virtualAddress(), object.physicalAddress(), object.bytes(), layout);
  }

  private static Ethread thread(PoolObject object, EthreadLayout layout) {
    return new Ethread(object.virtualAddress(), object.physicalAddress(), object.bytes(), layout);
  }

  static int tag(String text) {
    return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
  }
}
