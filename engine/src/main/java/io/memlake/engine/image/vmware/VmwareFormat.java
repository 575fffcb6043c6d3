package io.memlake.engine.image.vmware;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTable;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.extent.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * VMware guests.
 *
 * <p>A {@code .vmem} file is known by its name alone, since it has no header; the state file of the
 * same name says where its pages belong. A state file is known by its magic number; the memory is
 * in it, or in the {@code .vmem} of the same name.
 */
public final class VmwareFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "vmware";

  private static final String MEMORY = ".vmem";
  private static final List<String> STATES = List.of(".vmss", ".vmsn");

  private static final String ASSUMED = "its map is assumed";

  /** Fewer bytes are no guest's RAM, unless a state file says so. */
  private static final long SMALLEST = 64 << 10;

  /** Without state. */
  public VmwareFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (file.name().toLowerCase(Locale.ROOT).endsWith(MEMORY)) {
      return memory(file, evidence);
    }
    Optional<StateFile> state = StateFile.read(file);
    return state.isPresent() ? Optional.of(state(file, state.get(), evidence)) : Optional.empty();
  }

  /** Empty for what bears the name but holds something else, or is not a file of RAM at all. */
  private static Optional<ImageIndex> memory(ByteSource file, Evidence evidence)
      throws IOException {
    Optional<String> beside = sibling(file.name(), STATES, evidence);
    if (beside.isEmpty() && file.size() < SMALLEST) {
      return Optional.empty();
    }
    if (beside.isEmpty()) {
      return Optional.of(
          withoutState(file, "There is no .vmss or .vmsn file beside the memory; " + ASSUMED));
    }
    try (ByteSource source = evidence.open(beside.get())) {
      Optional<StateFile> state = StateFile.read(source);
      if (state.isPresent()) {
        return Optional.of(withState(file.name(), file, state.get()));
      }
      return Optional.of(
          withoutState(file, beside.get() + " is not a VMware state file; " + ASSUMED));
    } catch (CorruptImageException e) {
      return Optional.of(withoutState(file, e.getMessage() + "; " + ASSUMED));
    }
  }

  private static ImageIndex withoutState(ByteSource file, String reason) throws IOException {
    List<String> warnings = new ArrayList<>();
    warnings.add(reason);
    ExtentTableBuilder extents = ExtentTableBuilder.over(StoredFile.of(file), file.name());
    GuestMemory.addAssumed(0, file.size(), extents, warnings);
    return index("memory only", file.name(), file, extents, ImageHints.NONE, warnings);
  }

  private static ImageIndex state(ByteSource file, StateFile state, Evidence evidence)
      throws IOException {
    Optional<StateTag> inline = state.tag("memory", "Memory");
    if (inline.isPresent() && inline.get().length() >= SMALLEST) {
      if (inline.get().compressed()) {
        throw new UnsupportedImageException(
            file.name(), "a VMware state file with compressed memory", "uncompressed memory");
      }
      List<String> warnings = new ArrayList<>();
      long base = inline.get().offset();
      ExtentTableBuilder extents = ExtentTableBuilder.over(StoredFile.of(file), file.name());
      if (!GuestMemory.addRegions(state, file.name(), base, extents)) {
        addAssumed(state, base, inline.get().length(), extents, warnings);
      }
      return index(
          "memory in the state file",
          file.name(),
          file,
          extents,
          GuestMemory.hints(state),
          warnings);
    }
    Optional<String> beside = sibling(file.name(), List.of(MEMORY), evidence);
    if (beside.isEmpty()) {
      throw new UnsupportedImageException(
          file.name(),
          "a VMware state file without memory",
          "a state file with its .vmem file beside it");
    }
    try (ByteSource memory = evidence.open(beside.get())) {
      return withState(file.name(), memory, state);
    }
  }

  private static ImageIndex withState(String name, ByteSource memory, StateFile state)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    ExtentTableBuilder extents = ExtentTableBuilder.over(StoredFile.of(memory), name);
    if (!GuestMemory.addRegions(state, name, 0, extents)) {
      addAssumed(state, 0, memory.size(), extents, warnings);
    }
    return index("memory and state", name, memory, extents, GuestMemory.hints(state), warnings);
  }

  private static void addAssumed(
      StateFile state, long base, long size, ExtentTableBuilder extents, List<String> warnings)
      throws IOException {
    if (!state.whole(GuestMemory.GROUP)) {
      warnings.add(
          "The state file ends inside its group "
              + GuestMemory.GROUP
              + ", and the list of regions"
              + " may have been behind that; "
              + ASSUMED);
    }
    GuestMemory.addAssumed(base, size, extents, warnings);
  }

  private static Optional<String> sibling(String file, List<String> suffixes, Evidence evidence)
      throws IOException {
    int dot = file.lastIndexOf('.');
    String stem = dot < 0 ? file : file.substring(0, dot);
    Set<String> siblings = new HashSet<>(evidence.siblings(file));
    for (String suffix : suffixes) {
      for (String spelled : List.of(suffix, suffix.toUpperCase(Locale.ROOT))) {
        if (siblings.contains(stem + spelled)) {
          return Optional.of(stem + spelled);
        }
      }
    }
    return Optional.empty();
  }

  private static ImageIndex index(
      String variant,
      String name,
      ByteSource memory,
      ExtentTableBuilder extents,
      ImageHints hints,
      List<String> warnings) {
    ExtentTable table = extents.build();
    if (extents.overlappingPages() > 0) {
      warnings.add(
          extents.overlappingPages() + " frames are in more than one region; the first counts");
    }
    StoredBytes bytes = StoredFile.of(memory);
    return new ExtentIndex(NAME, variant, name, List.of(bytes), table, hints, warnings);
  }
}
