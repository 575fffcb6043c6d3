package io.memlake.jobs.fleet.code;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.extract.ModuleExtract;
import io.memlake.engine.extract.ModuleReport;
import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.pe.ImageCopy;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.PageDigest;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.extract.LakeHost;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rebuilds a module from the pages that any host of the fleet has of the same build: each page as
 * most hosts have it, put where the chosen host has the module. Hosts are opened one after the
 * other, twice: to vote, and for the bytes.
 */
public final class FleetModule {
  /** Larger modules are not rebuilt: their pages are held in memory. */
  private static final long MAX_SIZE = 512L << 20;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final HadoopEvidence evidence;
  private final ModuleCopies copies;
  private final TreeMap<String, CodeHost> opened = new TreeMap<>();
  private final TreeMap<String, String> problems = new TreeMap<>();
  private final PageDigest digest = new PageDigest(List.of());
  private final byte[] page = new byte[PAGE];
  private Optional<byte[]> table = Optional.empty();
  private String tableHost;

  private FleetModule(HadoopEvidence evidence, ModuleCopies copies) {
    this.evidence = evidence;
    this.copies = copies;
  }

  /**
   * Pages that one host gave.
   *
   * @param rva offset of the first
   * @param pages how many follow each other
   * @param host the host
   * @param same hosts that have the same bytes, the giver among them
   * @param differing hosts that have other bytes
   */
  public record Run(long rva, int pages, String host, int same, int differing) {}

  /**
   * What was made.
   *
   * @param name name of the module
   * @param base where the chosen host has it
   * @param report what the file has
   * @param runs who gave which pages
   * @param relocationsHost host whose relocations served; null when none has them
   * @param hosts hosts with the build
   * @param problems hosts that could not be asked, with the reason
   */
  public record Result(
      String name,
      long base,
      ModuleReport report,
      List<Run> runs,
      String relocationsHost,
      List<String> hosts,
      Map<String, String> problems) {}

  /** The module that is meant, on all hosts. */
  public static FleetModule find(
      LakeHost chosen,
      long pid,
      long base,
      String name,
      Iterable<LakeHost> hosts,
      HadoopEvidence evidence)
      throws IOException {
    ModuleCopies copies = ModuleCopies.find(chosen, pid, base, name, hosts);
    if (copies.build().size() > MAX_SIZE) {
      throw new OperatorException(
          copies.name()
              + " has "
              + copies.build().size()
              + " bytes; modules up to "
              + MAX_SIZE
              + " are rebuilt from the fleet");
    }
    return new FleetModule(evidence, copies);
  }

  /** Name of the module and where the chosen host has it, for the name of a file. */
  public String fileName() {
    return copies.name() + "-" + Hex.address(copies.base());
  }

  /**
   * Brings the pages together and writes the file.
   *
   * @param lake where the lake is
   * @throws FailedException when no host's evidence can be read
   */
  public Result write(String lake, String caseId, OutputStream out) throws IOException {
    open(lake, caseId);
    int count = (int) ((copies.build().size() + PAGE - 1) / PAGE);
    PageElection.Elected[] elected = elect(count);
    byte[][] pages = collect(elected);
    ModuleReport report =
        ModuleExtract.of(new FleetImage(copies.base(), pages), PageAbsence.ON_NO_HOST)
            .write(copies.base(), copies.build().size(), out);
    return new Result(
        copies.name(),
        copies.base(),
        report,
        runs(elected, pages),
        tableHost,
        List.copyOf(copies.hosts().keySet()),
        problems);
  }

  private void open(String lake, String caseId) throws IOException {
    List<CodeHost> hosts = new ArrayList<>();
    List<CodeHost.Opening> openings = new ArrayList<>();
    copies
        .hosts()
        .forEach((host, places) -> openings.add(new CodeHost.Opening(lake, caseId, host, places)));
    for (CodeHost.Opening opening : openings) {
      CodeHost host = opening.run(evidence);
      hosts.add(host);
      if (host.isOpen()) {
        opened.put(host.name(), host);
      } else {
        problems.put(host.name(), host.error());
      }
    }
    if (opened.isEmpty()) {
      throw new FailedException(
          "No host with " + copies.name() + " can be read: " + problems.values().iterator().next());
    }
    for (CodeTable chosen : CodeTable.choose(hosts, openings)) {
      table = Optional.ofNullable(chosen.run(evidence).get(0));
      tableHost = table.isPresent() ? chosen.host().name() : null;
    }
  }

  private PageElection.Elected[] elect(int count) throws IOException {
    PageElection[] elections = new PageElection[count];
    for (int i = 0; i < count; i++) {
      elections[i] = new PageElection();
    }
    for (Map.Entry<String, ArrayList<CodeHost.Place>> host : copies.hosts().entrySet()) {
      if (opened.containsKey(host.getKey())) {
        try (CodeReader reader = CodeReader.open(opened.get(host.getKey()), evidence)) {
          for (CodeHost.Place place : host.getValue()) {
            vote(host.getKey(), place, reader, elections);
          }
        } catch (IOException e) {
          problems.put(host.getKey(), String.valueOf(e.getMessage()));
          opened.remove(host.getKey());
        }
      }
    }
    PageElection.Elected[] elected = new PageElection.Elected[count];
    for (int i = 0; i < count; i++) {
      elected[i] = elections[i].elect();
    }
    return elected;
  }

  private void vote(String host, CodeHost.Place place, CodeReader reader, PageElection[] elections)
      throws IOException {
    ImageCopy copy = new ImageCopy(reader.space(place.pid()), place.base(), table);
    for (int i = 0; i < elections.length; i++) {
      if (read(copy, place, i)) {
        elections[i].add(host, digest.hash(), place.base(), isPlaced(copy, place));
      }
    }
  }

  private boolean isPlaced(ImageCopy copy, CodeHost.Place place) {
    return copy.isMovable() || place.base() == copies.base();
  }

  /** Reads a page as it would stand at the target and hashes it; false when that cannot be had. */
  private boolean read(ImageCopy copy, CodeHost.Place place, int number) throws IOException {
    long rva = (long) number * PAGE;
    if (!copy.read(rva, page)) {
      return false;
    }
    boolean moved = place.base() == copies.base() || !copy.isMovable();
    if (!moved && !copy.move(rva, page, copies.base())) {
      return false;
    }
    digest.scan(page, 0);
    return true;
  }

  private byte[][] collect(PageElection.Elected[] elected) throws IOException {
    byte[][] pages = new byte[elected.length][];
    TreeSet<String> givers = new TreeSet<>();
    for (PageElection.Elected one : elected) {
      if (one != null) {
        givers.add(one.host());
      }
    }
    for (String host : givers) {
      try (CodeReader reader = CodeReader.open(opened.get(host), evidence)) {
        for (CodeHost.Place place : copies.hosts().get(host)) {
          ImageCopy copy = new ImageCopy(reader.space(place.pid()), place.base(), table);
          for (int i = 0; i < elected.length; i++) {
            boolean wanted =
                pages[i] == null && elected[i] != null && elected[i].host().equals(host);
            if (wanted && read(copy, place, i) && digest.hash() == elected[i].hash()) {
              pages[i] = page.clone();
            }
          }
        }
      }
    }
    return pages;
  }

  private static List<Run> runs(PageElection.Elected[] elected, byte[][] pages) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < elected.length; i++) {
      if (pages[i] == null) {
        continue;
      }
      PageElection.Elected one = elected[i];
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      Run next = new Run((long) i * PAGE, 1, one.host(), one.same(), one.differing());
      if (last != null
          && last.rva() + (long) last.pages() * PAGE == next.rva()
          && last.host().equals(next.host())
          && last.same() == next.same()
          && last.differing() == next.differing()) {
        next = new Run(last.rva(), last.pages() + 1, last.host(), last.same(), last.differing());
        runs.remove(runs.size() - 1);
      }
      runs.add(next);
    }
    return runs;
  }
}
