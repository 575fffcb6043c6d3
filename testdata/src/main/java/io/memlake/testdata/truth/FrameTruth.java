package io.memlake.testdata.truth;

/**
 * One call on the user stack of a thread.
 *
 * @param function its name; empty for code outside of images
 * @param ip where the code goes on, in the first frame where it is
 * @param sp stack pointer there
 */
public record FrameTruth(String function, long ip, long sp) {}
