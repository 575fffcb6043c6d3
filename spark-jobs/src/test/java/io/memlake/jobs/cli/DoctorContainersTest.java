package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.memlake.testdata.image.Containers;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code memlake doctor} says about one of each container. */
class DoctorContainersTest {
  private static final Path SAMPLES = Path.of("../../shared/data");

  /** Format and variant of each container. */
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("raw", "\"raw, padded\""),
          Map.entry("split", "\"raw, split, padded\""),
          Map.entry("gzip", "\"raw, gzip, padded\""),
          Map.entry("zstd", "\"raw, zstd, padded\""),
          Map.entry("zstdsingle", "\"raw, zstd, padded\""),
          Map.entry("hpakplain", "\"raw, hpak, padded\""),
          Map.entry("dump1", "\"crashdump, full, 64-bit\""),
          Map.entry("dump2", "\"crashdump, kernel summary, 64-bit\""),
          Map.entry("dump5", "\"crashdump, bitmap, 64-bit\""),
          Map.entry("dump6", "\"crashdump, active bitmap, 64-bit\""),
          Map.entry("dump8", "\"crashdump, kernel ranges, 64-bit\""),
          Map.entry("dump9", "\"crashdump, kernel and active ranges, 64-bit\""),
          Map.entry("dump10", "\"crashdump, full ranges, 64-bit\""),
          Map.entry("elf", "\"elfcore, QEMU, 64-bit\""),
          Map.entry("kdump", "kdump"),
          Map.entry("kdumpraw", "kdump"),
          Map.entry("kdumpsnappy", "kdump"),
          Map.entry("kdumplzo", "kdump"),
          Map.entry("kdumpflat", "\"kdump, flattened\""),
          Map.entry("vmss", "\"vmware, memory and state\""),
          Map.entry("vmsn", "\"vmware, memory and state\""),
          Map.entry("vmsninline", "\"vmware, memory in the state file\""),
          Map.entry("hyperv", "\"hyperv, vmrs\""),
          Map.entry("savevm", "\"savevm, pc-i440fx-9.0\""),
          Map.entry("libvirt", "\"savevm, libvirt, pc-i440fx-9.0\""),
          Map.entry("lime", "lime"),
          Map.entry("avml", "\"avml, snappy\""),
          Map.entry("aff4prestandard", "\"aff4, map\""),
          Map.entry("aff4winpmem2", "\"aff4, map\""),
          Map.entry("aff4standard", "\"aff4, map\""),
          Map.entry("ewf", "\"raw, ewf, padded\""),
          Map.entry("hpak", "\"raw, hpak, gzip, padded\""),
          Map.entry("hiber", "\"hiber, Windows 10 1809 to 22H2, 64-bit, sets\""),
          Map.entry("hiber11", "\"hiber, Windows 11 24H2, 64-bit, sets\""),
          Map.entry("hiber7", "\"hiber, Windows 7, 64-bit, xpress\""));

  @TempDir Path folder;

  @Test
  void everyContainerIsToldWithItsMachine() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041).seed(5).ram(40L << 20).standardProcesses().build();
    Map<String, Path> files = Containers.write(machine, machine.crashDumpHeader(), folder);
    assertThat(FORMATS.keySet()).isEqualTo(files.keySet());
    files.forEach(
        (name, file) -> {
          CommandRun run = CommandRun.of("doctor", "-o", "csv", file);
          assertThat(run.code()).as(name + run.err()).isZero();
          assertThat(run.err()).as(name).isEmpty();
          assertThat(run.lines())
              .as(name)
              .contains(
                  "ok,format," + FORMATS.get(name),
                  "ok,file," + file,
                  "ok,kernel,0xfffff80349600000",
                  "ok,version,10.0.19041 (KUSER_SHARED_DATA)",
                  "ok,symbols wanted,ntkrnlmp.pdb 992A9A48F30EC2C58B01A5934DCE2D9C-1",
                  "ok,symbols found,\"embedded, named by the debug record of the kernel\"",
                  "ok,confidence,100 of 100")
              .anyMatch(line -> line.matches("ok,present,\"[0-9,]+ pages, [0-9.]+ MiB\""))
              .anyMatch(line -> line.matches("ok,runs,\"?[1-4]: 0x.* between them\"?"));
          // AVML alone cannot say which frames it left out; the order of WinPmem 2 is told.
          assertThat(run.out().contains("warning,"))
              .as(run.out())
              .isEqualTo(name.equals("avml") || name.equals("aff4winpmem2"));
          assertThat(run.out().contains("ok,holds pagefile,\"pagefile.sys, 8,192 bytes\""))
              .isEqualTo(name.startsWith("hpak"));
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "formats/aff4_pmem/pmem-v33rc3-default.aff4 | 3 | 'ok,format,\"aff4, map\" // ok,present,\"956 pages, 3.7 MiB\" // warning,unreadable,\"5 pages, 20.0 KiB: 0x150000-0x152fff, 0x1ff000-0x1fffff, 0x100010000-0x100010fff\" // ok,runs,\"3: 0x1000-0x9efff, 0x100000-0x2fffff, 0x100000000-0x100122fff; 1,047,906 pages in holes // ok,holds pagefile,\"c:/pagefile.sys, 249,856 bytes\"'",
        "formats/aff4/Errata/Base-ExabyteSparse.aff4 | 3 | 'ok,present,\"256 pages, 1.0 MiB\" // The map fills more than 64 TiB'",
        "formats/crashdump/rizin-triage_x64.dmp | 0 | 'ok,format,\"crashdump, triage, 64-bit\" // ok,header kdbg,0xfffff8047c600b20 // ok,header drivers,151 // ok,virtual memory,\"1,832 ranges // Windows build 19041'",
        "formats/crashdump/rizin-triage_arm64.dmp | 0 | 'ok,header processors,8 // Windows build 22000'",
        "formats/minidump/rizin-calc.dmp | 0 | 'ok,format,\"minidump,  // ok,process,'",
        "formats/minidump/linux-mini.dmp | 0 | 'warning,container,The process did not run on Windows'",
        "formats/ewf/plaso-image-split.E01 | 3 | 'ewf // plaso-image-split.E02 // problem,machine,No Windows page tables found'",
        "formats/ewf/be-email_test.E01 | 3 | 'warning,truncated,\"616 pages, 2.4 MiB: 0xf8000-0x35ffff\" // The media looks like a text file, not like RAM'",
        "images/w10-19041.804.raw | 0 | 'ok,format,\"raw, padded\" // ok,dtb,0x1ad000 // ok,kernel,0xfffff8047ba00000 // 10.0.19041'",
        "images/w10-19041.804.full.dmp | 0 | 'ok,format,\"crashdump, full, 64-bit\" // ok,header kdbg,0xfffff8047c600b20 // ok,kernel,0xfffff8047ba00000'",
        "formats/elfcore/lldb-linux-x86_64.core | 1 | 'it is the core of a process'",
        "formats/aff4/encrypted-linear-password.aff4 | 1 | 'it is an encrypted AFF4 container; accepted: AFF4 containers without encryption'"
      })
  void realFilesAreTold(String file, int code, String lines) {
    Path sample = SAMPLES.resolve(file);
    assumeThat(sample).as("sample data is not there").exists();
    CommandRun run = CommandRun.of("doctor", "-o", "csv", sample);
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    String all = run.out() + run.err();
    for (String part : Pattern.compile(" // ").split(lines, -1)) {
      assertThat(all).contains(part.strip());
    }
    assertThat(all).doesNotContain("Exception").doesNotContain("\tat ");
  }
}
