package io.memlake.engine.artifacts.stack;

import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.objects.stack.CodeImage;
import io.memlake.engine.objects.stack.StackFrame;
import java.util.Optional;

/**
 * Names the function of a frame: by the symbols of the kernel, else by the exports of its image. A
 * name that belongs to another function than the one that the unwind data tells is none.
 */
final class CodeNames {
  private final KernelAddressNames kernel;

  CodeNames(KernelAddressNames kernel) {
    this.kernel = kernel;
  }

  /** Name of a function and where it begins. */
  record Name(String text, long address) {}

  Optional<Name> of(StackFrame frame) {
    if (frame.image().isEmpty()) {
      return Optional.empty();
    }
    CodeImage image = frame.image().get();
    long least =
        frame.function() != 0
            ? frame.function()
            : image.base() + image.functions().endBefore(frame.ip() - image.base());
    Optional<Name> name = symbol(frame, least);
    if (name.isEmpty()) {
      name =
          image
              .exports()
              .atOrBefore(frame.ip() - image.base())
              .map(at -> new Name(at.getValue(), image.base() + at.getKey()));
    }
    // Without the table of functions nothing says where one ends.
    boolean bounded = frame.function() != 0 || image.functions().isComplete();
    return name.filter(found -> bounded && Long.compareUnsigned(found.address(), least) >= 0);
  }

  /** Labels inside of a function have symbols, too: the one where it begins goes first. */
  private Optional<Name> symbol(StackFrame frame, long least) {
    if (!kernel.inKernel(frame.ip())) {
      return Optional.empty();
    }
    Optional<String> start =
        frame.function() == 0 ? Optional.empty() : kernel.symbol(frame.function());
    return start.isPresent()
        ? start.map(text -> new Name(text, frame.function()))
        : kernel
            .symbolAtOrBefore(frame.ip())
            .map(at -> new Name(at.getValue(), at.getKey()))
            .filter(at -> Long.compareUnsigned(at.address(), least) >= 0);
  }
}
