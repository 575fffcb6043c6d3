package io.memlake.engine.paging;

/**
 * What backs one page, in words: for reports and for telling why a page cannot be read. The walk
 * itself uses {@link PteDecoder}.
 */
public sealed interface PteState {

  /** A present 4 KiB page in frame {@code pfn}. */
  record Hardware(long pfn) implements PteState {}

  /**
   * A present large page.
   *
   * @param pfn the frame of this very page inside the large one
   * @param pageShift 21, 22 or 30: log2 of the bytes of the large page
   */
  record Large(long pfn, int pageShift) implements PteState {}

  /** Not valid, but still in frame {@code pfn}. */
  record Transition(long pfn) implements PteState {}

  /**
   * The entry names a prototype entry.
   *
   * @param address kernel address of the prototype entry
   * @param target what the prototype entry says; {@link MissingTable} when it cannot be read
   */
  record Prototype(long address, PteState target) implements PteState {}

  /** The address descriptor of the range knows the prototype entry. */
  record VadLookup() implements PteState {}

  /**
   * In a page file, or in the compressed store when {@code number} is the store's.
   *
   * @param number which page file, 0 to 15
   * @param page offset in the page file, in pages of 4 KiB
   */
  record PageFile(int number, long page) implements PteState {}

  /** Committed and never touched: zeros. */
  record DemandZero() implements PteState {}

  /** Given back by the program. */
  record Decommitted() implements PteState {}

  /** In a file: {@code address} is the kernel address of its subsection. */
  record Subsection(long address) implements PteState {}

  /** In a file: {@code address} is the kernel address of its control area. */
  record FileBacked(long address) implements PteState {}

  /** Nothing in the tables; an address descriptor may still know the page. */
  record Unmapped() implements PteState {}

  /** A table on the way, or the prototype entry, is not in the evidence. */
  record MissingTable() implements PteState {}

  /** The processor would refuse the address. */
  record NotCanonical() implements PteState {}

  /** The entry makes no sense. */
  record Unknown(long entry) implements PteState {}
}
