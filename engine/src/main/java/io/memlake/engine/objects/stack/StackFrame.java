package io.memlake.engine.objects.stack;

import java.util.Optional;

/**
 * One call on a stack.
 *
 * @param ip where the code goes on; in the first frame where it is
 * @param sp stack pointer there
 * @param method how it was found
 * @param image the image it lies in; empty for code outside of all
 * @param function address where its function begins; 0 when unknown
 */
public record StackFrame(
    long ip, long sp, FrameMethod method, Optional<CodeImage> image, long function) {}
