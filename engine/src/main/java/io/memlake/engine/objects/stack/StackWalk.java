package io.memlake.engine.objects.stack;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.RuntimeFunction;
import io.memlake.engine.pe.UnwindInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls on one stack, from the last to the first.
 *
 * @param frames the calls
 * @param end why there are no more
 * @param registers what they were where the walk ended
 */
public record StackWalk(List<StackFrame> frames, StackEnd end, Registers registers) {
  /** Frames that are told of one stack; deep recursion shows well before. */
  public static final int MAXIMUM_FRAMES = 256;

  /** Copies the list. */
  public StackWalk {
    frames = List.copyOf(frames);
  }

  /**
   * Walks a stack.
   *
   * @param registers the context to begin with; changed on the way
   * @param exact whether the thread was interrupted there, so that it may be anywhere in a
   *     function; otherwise it called something
   * @throws IOException when the medium fails
   */
  public static StackWalk of(
      AddressSpace space, CodeImages images, StackBounds bounds, Registers registers, boolean exact)
      throws IOException {
    return new Walker(space, images, bounds, registers).walk(exact, FrameMethod.CONTEXT);
  }

  /**
   * Walks a stack of which only the place is known: from the first call that it seems to hold.
   *
   * @param from where to begin to look
   * @throws IOException when the medium fails
   */
  public static StackWalk scanned(
      AddressSpace space, CodeImages images, StackBounds bounds, long from) throws IOException {
    Registers registers = new Registers(0, from);
    Walker walker = new Walker(space, images, bounds, registers);
    return walker.candidates.next(registers, from)
        ? walker.walk(false, FrameMethod.SCAN)
        : walker.end(StackEnd.NOTHING_LEFT);
  }

  private static final class Walker {
    private final CodeImages images;
    private final StackBounds bounds;
    private final Registers registers;
    private final StackWords words;
    private final FrameUnwinder unwinder;
    private final ReturnAddresses candidates;
    private final List<StackFrame> frames = new ArrayList<>();

    Walker(AddressSpace space, CodeImages images, StackBounds bounds, Registers registers) {
      this.images = images;
      this.bounds = bounds;
      this.registers = registers;
      this.words = new StackWords(space);
      this.unwinder = new FrameUnwinder(words);
      this.candidates = new ReturnAddresses(images, words, bounds);
    }

    StackWalk walk(boolean interrupted, FrameMethod first) throws IOException {
      boolean exact = interrupted;
      FrameMethod method = first;
      while (frames.size() < MAXIMUM_FRAMES) {
        Optional<CodeImage> image = images.at(registers.rip());
        Optional<RuntimeFunction> function =
            image.flatMap(found -> found.functions().find(registers.rip() - found.base()));
        long before = registers.rsp();
        long from = registers.rip();
        long start = function.isEmpty() ? 0 : begin(image.get(), function.get());
        frames.add(new StackFrame(from, before, method, image, start));
        boolean leaf = isLeaf(image, function, exact || frames.size() == 1);
        FrameUnwinder.Outcome outcome =
            function.isPresent()
                ? unwinder.leave(registers, image.get(), function.get(), exact)
                : leaf ? unwinder.returned(registers) : FrameUnwinder.Outcome.UNKNOWN;
        boolean left = outcome == FrameUnwinder.Outcome.INTERRUPTED;
        if (left && (registers.rip() < 0) != (from < 0)) {
          return end(StackEnd.USER_MODE);
        }
        boolean known = outcome == FrameUnwinder.Outcome.UNWOUND || left;
        if (known && registers.rip() == 0) {
          return end(StackEnd.BOTTOM);
        }
        exact = left;
        method = leaf && function.isEmpty() ? FrameMethod.LEAF : FrameMethod.UNWIND;
        if (!known || !follows(before, left)) {
          if (!candidates.next(registers, before)) {
            return end(
                outcome == FrameUnwinder.Outcome.UNREADABLE
                    ? StackEnd.UNREADABLE
                    : known ? StackEnd.CORRUPT : StackEnd.NOTHING_LEFT);
          }
          exact = false;
          method = FrameMethod.SCAN;
        }
      }
      return end(StackEnd.LIMIT);
    }

    private static long begin(CodeImage image, RuntimeFunction function) throws IOException {
      return image.base() + UnwindInfo.primary(image.memory(), function).begin();
    }

    /** A function that calls is no leaf, so only the place where a thread was can be in one. */
    private static boolean isLeaf(
        Optional<CodeImage> image, Optional<RuntimeFunction> function, boolean mayBe) {
      return mayBe
          && function.isEmpty()
          && image.isPresent()
          && image.get().functions().isComplete();
    }

    /** Whether the caller's frame lies on the stack behind the one that was left. */
    private boolean follows(long before, boolean interrupted) {
      long now = registers.rsp();
      boolean grew = Long.compareUnsigned(now, before) > 0 || interrupted;
      return grew && (now == bounds.base() || bounds.holds(now));
    }

    private StackWalk end(StackEnd reason) {
      return new StackWalk(frames, reason, registers);
    }
  }
}
