package io.memlake.engine.kernel.calibration;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the guess of {@code _ETHREAD} holds: from the link on the list of its process the client
 * id must lie where the guess says, and the dispatcher header of a thread must begin there.
 */
final class ThreadCheck {
  private static final String STRUCT = "_ETHREAD";
  private static final String SCHEDULER_PART = "Tcb";
  private static final int DISPATCHER_THREAD = 6;
  private static final int LARGEST = 0xC00;
  private static final int ALIGNMENT = 0x10;

  /** Threads of so many processes are enough. */
  private static final int CHECKED = 64;

  private final StructType guess;
  private final List<ProcessSample> samples;
  private final int head;

  private ThreadCheck(StructType guess, List<ProcessSample> samples, int head) {
    this.guess = guess;
    this.samples = samples.subList(0, Math.min(CHECKED, samples.size()));
    this.head = head;
  }

  /**
   * How members of a thread were moved against the guess.
   *
   * @param head offset of the head of the list in processes
   * @return members that hold, by how far; empty when the guess is of no use
   */
  static Optional<Map<String, Integer>> run(
      SymbolTable prior, List<ProcessSample> samples, int head) throws IOException {
    Optional<StructType> guess = prior.findStruct(STRUCT);
    return guess.isEmpty() ? Optional.empty() : new ThreadCheck(guess.get(), samples, head).run();
  }

  private Optional<Map<String, Integer>> run() throws IOException {
    Optional<FieldType> link = guess.find("ThreadListEntry");
    Optional<FieldType> client = guess.find("Cid");
    Optional<FieldType> scheduler = guess.find(SCHEDULER_PART);
    if (link.isEmpty() || client.isEmpty() || scheduler.isEmpty()) {
      return Optional.empty();
    }
    int start = -1;
    int agreeing = 0;
    for (ProcessSample sample : samples) {
      long first = sample.has(head, Long.BYTES) ? sample.i64(head) : 0;
      if (!ProcessChain.isKernel(first) || first == sample.address() + head) {
        continue;
      }
      OptionalInt distance = ThreadNumbers.near(sample, first);
      if (distance.isEmpty()
          || distance.getAsInt() != client.get().offset() - link.get().offset()) {
        return Optional.empty();
      }
      int begins = begin(sample, first, link.get().offset());
      if (begins < 0 || (start >= 0 && begins != start)) {
        return Optional.empty();
      }
      start = begins;
      agreeing++;
    }
    return agreeing == 0 ? Optional.empty() : Optional.of(moved(start - link.get().offset()));
  }

  /** Where the thread begins, as bytes in front of its link; the guess is asked first. */
  private static int begin(ProcessSample sample, long link, int guessed) throws IOException {
    if (isThread(sample, link - guessed)) {
      return guessed;
    }
    int found = -1;
    for (int back = ALIGNMENT; back <= LARGEST; back += Long.BYTES) {
      if ((link - back & (ALIGNMENT - 1)) == 0 && isThread(sample, link - back)) {
        if (found >= 0) {
          return -1;
        }
        found = back;
      }
    }
    return found;
  }

  /** A dispatcher header of a thread: its type, and a wait list that is a list. */
  private static boolean isThread(ProcessSample sample, long at) throws IOException {
    byte[] bytes = new byte[3 * Long.BYTES];
    if (!sample.space().read(at, bytes, 0, bytes.length) || bytes[0] != DISPATCHER_THREAD) {
      return false;
    }
    long next = LittleEndian.i64(bytes, Long.BYTES);
    return next == 0 || ProcessChain.isKernel(next);
  }

  private Map<String, Integer> moved(int distance) {
    Map<String, Integer> members = new HashMap<>();
    guess
        .fields()
        .keySet()
        .forEach(
            name -> {
              // What is inside the scheduler's part moved by unknown distances.
              if (distance == 0 || !name.equals(SCHEDULER_PART)) {
                members.put(name, distance);
              }
            });
    return members;
  }
}
