package io.memlake.jobs.evidence;

import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.jobs.exit.OperatorException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The evidence of one host.
 *
 * @param host name of the host
 * @param image path or URI of the memory image
 * @param pageFiles page files, each a path or {@code pagefile1=PATH} where its number was said; the
 *     image tells the numbers of the others
 * @param swapFile swap file, or empty
 * @param symbols symbol folders and files for this host alone
 * @param acquiredAt when the memory was acquired as ISO-8601, or empty
 * @param tags labels of the host
 * @param minidumps dumps of single processes of the host, beside its memory image
 */
public record EvidenceSet(
    String host,
    String image,
    List<String> pageFiles,
    String swapFile,
    List<String> symbols,
    String acquiredAt,
    List<String> tags,
    List<String> minidumps)
    implements Serializable {
  /** Leaves room for escapes in a folder name of 255 bytes. */
  public static final int MAX_NAME_LENGTH = 80;

  /** Checks that the name can name a folder of the lake. */
  public EvidenceSet {
    pageFiles = List.copyOf(pageFiles);
    symbols = List.copyOf(symbols);
    tags = List.copyOf(tags);
    minidumps = List.copyOf(minidumps);
    for (String pageFile : pageFiles) {
      request(pageFile);
    }
    host = host.strip();
    if (host.isEmpty() || host.length() > MAX_NAME_LENGTH) {
      throw new OperatorException(
          "A host name has 1 to "
              + MAX_NAME_LENGTH
              + " characters; "
              + image
              + " would have \""
              + host
              + "\"; name it with --host or a manifest");
    }
  }

  /** A host without minidumps beside its image. */
  public EvidenceSet(
      String host,
      String image,
      List<String> pageFiles,
      String swapFile,
      List<String> symbols,
      String acquiredAt,
      List<String> tags) {
    this(host, image, pageFiles, swapFile, symbols, acquiredAt, tags, List.of());
  }

  /** The same host with dumps of single processes. */
  public EvidenceSet withMinidumps(List<String> files) {
    return new EvidenceSet(host, image, pageFiles, swapFile, symbols, acquiredAt, tags, files);
  }

  /** A host with nothing but an image. */
  public static EvidenceSet ofImage(String host, String image) {
    return new EvidenceSet(host, image, List.of(), "", List.of(), "", List.of());
  }

  /** The page files and the swap file, for the search for their numbers. */
  public List<PageFileRequest> pageFileRequests() {
    List<PageFileRequest> requests = new ArrayList<>();
    pageFiles.forEach(pageFile -> requests.add(request(pageFile)));
    if (!swapFile.isEmpty()) {
      requests.add(PageFileRequest.of(swapFile));
    }
    return requests;
  }

  private static PageFileRequest request(String pageFile) {
    try {
      return PageFileRequest.parse(pageFile);
    } catch (IllegalArgumentException e) {
      throw new OperatorException(e.getMessage(), e);
    }
  }

  /** The same evidence under another name. */
  public EvidenceSet named(String name) {
    return new EvidenceSet(name, image, pageFiles, swapFile, symbols, acquiredAt, tags, minidumps);
  }

  /** The same host with more files. */
  public EvidenceSet with(List<String> morePageFiles, String otherSwapFile) {
    List<String> all = new ArrayList<>(pageFiles);
    all.addAll(morePageFiles);
    return new EvidenceSet(
        host,
        image,
        all,
        otherSwapFile.isEmpty() ? swapFile : otherSwapFile,
        symbols,
        acquiredAt,
        tags,
        minidumps);
  }
}
