package io.memlake.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C:\\Users\\Bob\\a.exe | c:/users/*/a.exe",
        "\\Device\\HarddiskVolume3\\Windows\\a.exe | c:/windows/a.exe",
        "\\SystemRoot\\System32\\a.sys | c:/windows/system32/a.sys",
        "\\??\\C:\\Windows\\Temp\\~DF12AB.tmp | c:/windows/temp/*.tmp",
        "C:\\P\\{0a1b2c3d-0000-1111-2222-333344445555}\\a | c:/p/{guid}/a",
        "C:\\P\\4.18.2301.6-0\\a.exe | c:/p/4.18.2301.6-0/a.exe",
        "C:\\P\\4.18.2301.6\\a.exe | c:/p/*/a.exe",
        "S-1-5-21-111-222-333-1001 | s-1-5-21-*-1001",
        "C:\\P\\0123456789abcdef0123.bin | c:/p/*.bin",
        "SM0:1234:120:WilStaging_02 | sm0:*:*:wilstaging_02",
        "explorer.exe Pid 4312 | explorer.exe pid *",
        "Tid 44 Pid 4312 | tid * pid *",
      })
  void whatDiffersFromHostToHostIsGone(String value, String normal) {
    assertThat(NormalForm.of(value)).isEqualTo(normal);
  }
}
