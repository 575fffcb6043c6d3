package io.memlake.engine.objects.pool;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.schemas.evidence.ForensicPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The pages that pool hits lie in: frames of RAM, and pages of further layers, each under a number
 * range of its own. Belongs to one thread.
 */
public final class ScannedPages implements KernelAddresses {
  /** RAM of which nothing is known to be mapped. */
  public static final ScannedPages UNKNOWN = ofRam(KernelAddresses.UNKNOWN);

  private static final String RAM = "physical";

  private final KernelAddresses frames;
  private final List<ScannedLayer> layers = new ArrayList<>();

  private ScannedPages(KernelAddresses frames) {
    this.frames = frames;
  }

  /** The frames of RAM alone. */
  public static ScannedPages ofRam(KernelAddresses frames) {
    return new ScannedPages(frames);
  }

  /** The frames of RAM and the pages of other layers. */
  public static ScannedPages of(KernelAddresses frames, List<? extends ScannedLayer> layers) {
    ScannedPages pages = new ScannedPages(frames);
    pages.layers.addAll(layers);
    return pages;
  }

  /** The layers outside RAM. */
  public List<ScannedLayer> layers() {
    return List.copyOf(layers);
  }

  /** A pool header of a layer, by the place of the layer among {@link #layers}. */
  public static PoolHit hit(int layer, long address, int tag) {
    return new PoolHit(ScannedPlace.of(layer + 1, address), tag);
  }

  @Override
  public long kernelVirtualAddress(long page) {
    long place = page << PhysicalMemory.PAGE_SHIFT;
    return ScannedPlace.isPhysical(place)
        ? frames.kernelVirtualAddress(page)
        : layer(place)
            .kernelVirtualAddress(ScannedPlace.offset(place) >>> PhysicalMemory.PAGE_SHIFT);
  }

  /** Reads bytes inside one page, all or nothing. */
  boolean read(Machine machine, long place, byte[] target, int offset, int length)
      throws IOException {
    return ScannedPlace.isPhysical(place)
        ? machine.memory().read(place, target, offset, length)
        : layer(place).read(ScannedPlace.offset(place), target, offset, length);
  }

  /** Name of the layer of a place, as the column {@code layer} has it. */
  public String layerOf(long place) {
    return ScannedPlace.isPhysical(place) ? RAM : layer(place).name();
  }

  /** Path that leads back to a place. */
  public String pathOf(long place) {
    return ScannedPlace.isPhysical(place)
        ? ForensicPath.physical(place)
        : layer(place).path(ScannedPlace.offset(place));
  }

  private ScannedLayer layer(long place) {
    return layers.get(ScannedPlace.layer(place) - 1);
  }
}
