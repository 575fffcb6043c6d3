package io.memlake.engine.artifacts.integrity;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.BaseRelocations;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.PageDigest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hashes pages of code, each frame once for all processes that share it. Belongs to one thread. */
final class CodePages {
  /** Frames that are remembered: 1 GiB of shared code. */
  private static final int REMEMBERED = 1 << 18;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final PageDigest digest = new PageDigest(List.of());
  private final byte[] bytes = new byte[PAGE];
  private final Map<Key, CodePage> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CodePage> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Key(long frame, long address) {}

  /** An image of a process whose pages are looked at. */
  record Image(PeImage headers, Optional<BaseRelocations> relocations) {
    static Optional<Image> at(AddressSpace space, long base) throws IOException {
      Optional<PeImage> headers = PeImage.at(space, base);
      return headers.isEmpty()
          ? Optional.empty()
          : Optional.of(new Image(headers.get(), BaseRelocations.of(space, headers.get())));
    }
  }

  /**
   * The page at an address; empty when it is absent.
   *
   * @param frame the frame that holds it, negative when it left RAM
   */
  Optional<CodePage> at(AddressSpace space, long address, long frame, Optional<Image> image)
      throws IOException {
    Key key = new Key(frame, address);
    CodePage found = frame < 0 ? null : known.get(key);
    if (found != null) {
      return Optional.of(found);
    }
    if (!space.read(address, bytes, 0, PAGE)) {
      return Optional.empty();
    }
    CodePage made = of(space, address, image);
    if (frame >= 0) {
      known.put(key, made);
    }
    return Optional.of(made);
  }

  /** The page that a section holds in a frame; empty when the frame is absent. */
  Optional<CodePage> inFrame(
      AddressSpace space, PhysicalMemory memory, long frame, long address, Optional<Image> image)
      throws IOException {
    if (frame < 0 || !memory.read(frame << PhysicalMemory.PAGE_SHIFT, bytes, 0, PAGE)) {
      return Optional.empty();
    }
    return Optional.of(of(space, address, image));
  }

  private CodePage of(AddressSpace space, long address, Optional<Image> image) throws IOException {
    digest.scan(bytes, 0);
    long hash = digest.hash();
    if (image.isEmpty() || image.get().relocations().isEmpty()) {
      return new CodePage(hash, null);
    }
    long offset = address - image.get().headers().base();
    if (!image.get().relocations().get().undo(space, bytes, offset)) {
      return new CodePage(hash, null);
    }
    digest.scan(bytes, 0);
    return new CodePage(hash, digest.hash());
  }
}
