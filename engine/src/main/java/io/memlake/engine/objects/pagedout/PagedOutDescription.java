package io.memlake.engine.objects.pagedout;

import io.memlake.engine.objects.store.StoreChoice;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Where the pages of one machine are that left RAM. Beside {@code MachineDescription} it is all
 * that an executor needs to read them: immutable, about a KiB, serializable.
 *
 * @param files page files and swap file, by rising number
 * @param storeNumber number by which entries mean the compressed store, {@link #NO_STORE} when the
 *     machine has none
 * @param storeChoice how the store is read, null when it cannot be
 * @param memCompressionDtb directory table base of the process that holds the store, 0 for none
 * @param notes what is uncertain or was refused, in words
 */
public record PagedOutDescription(
    List<PageFileUse> files,
    int storeNumber,
    StoreChoice storeChoice,
    long memCompressionDtb,
    List<String> notes)
    implements Serializable {

  /** Number of a store that is not there. */
  public static final int NO_STORE = -1;

  /** Of a machine whose evidence is RAM alone. */
  public static final PagedOutDescription NONE =
      new PagedOutDescription(List.of(), NO_STORE, null, 0, List.of());

  /** Copies the lists. */
  public PagedOutDescription {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /** How the store is read; empty when it cannot be. */
  public Optional<StoreChoice> store() {
    return Optional.ofNullable(storeChoice);
  }
}
