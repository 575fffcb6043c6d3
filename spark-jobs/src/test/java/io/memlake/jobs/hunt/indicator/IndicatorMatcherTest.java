package io.memlake.jobs.hunt.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorMatcherTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "domain,evil.example > dns_cache.name > cdn.evil.example > 1",
        "domain,evil.example > dns_cache.name > notevil.example > 0",
        "domain,evil.example > processes.command_line > curl http://cdn.evil.example/x > 1",
        "domain,evil.example > processes.command_line > curl http://evil.example.org/x > 0",
        "domain,evil.example > processes.command_line > curl http://myevil.example/x > 0",
        "ip,203.0.113.7 > network.foreign_addr > 203.0.113.7 > 1",
        "ip,203.0.113.7 > processes.command_line > ping 203.0.113.70 > 0",
        "ip,203.0.113.7 > processes.command_line > ping 203.0.113.7. > 1",
        "cidr,203.0.113.0/24 > network.foreign_addr > 203.0.113.99 > 1",
        "cidr,203.0.113.0/24 > network.foreign_addr > 203.0.114.99 > 0",
        "cidr,2001:db8::/32 > network.foreign_addr > 2001:db8:1::5 > 1",
        "ipv6,2001:DB8:0:0::1 > network.foreign_addr > 2001:db8::1 > 1",
        "ip|port,203.0.113.7|443 > network.foreign_port > 203.0.113.7|443 > 1",
        "ip|port,203.0.113.7|443 > network.foreign_port > 203.0.113.7|4433 > 0",
        "filename,evil.exe > processes.kernel_path > \\Device\\HarddiskVolume3\\x\\EVIL.exe > 1",
        "filename,evil.exe > processes.kernel_path > \\Device\\HarddiskVolume3\\x\\notevil.exe > 0",
        "filename,evil.exe > processes.command_line > cmd /c c:\\x\\evil.exe -a > 1",
        "path,C:\\x\\evil.exe > processes.kernel_path > \\Device\\HarddiskVolume3\\x\\EVIL.exe > 1",
        "path,%windir%\\evil.exe > processes.path > C:\\Windows\\evil.exe > 1",
        "path,C:\\Users\\*\\evil.exe > processes.path > c:\\users\\bob\\evil.exe > 1",
        "path,C:\\Users\\*\\evil.exe > processes.path > c:\\users\\bob\\evil.exe.txt > 0",
        "mutex,Global\\evil > handles.name (mutant) > \\BaseNamedObjects\\evil > 1",
        "pipe,\\\\.\\pipe\\evil > handles.name (pipe) > \\Device\\NamedPipe\\evil > 1",
        "regkey,HKLM\\SYSTEM\\CurrentControlSet\\Services\\evil > registry_keys.key > ControlSet001\\Services\\Evil > 1",
        "cmdline,-enc AAAA > processes.command_line > powershell -ENC aaaa > 1",
        "cmdline,/-e(nc)?\\s+a+/ > processes.command_line > powershell -ENC  aaaa > 1",
        "pdb_guid,{0A1B2C3D-0000-1111-2222-333344445555} > modules.pdb_guid > 0A1B2C3D000011112222333344445555 > 1",
      })
  void indicatorsMeetValues(String line, String column, String value, int hits) {
    IndicatorSet set = new IndicatorSet();
    IndicatorFiles.read("t", line.getBytes(StandardCharsets.UTF_8), set, Instant.EPOCH);
    assertThat(set.rejected()).isEmpty();
    Target target =
        Targets.all().stream()
            .filter(candidate -> (candidate.table() + "." + candidate.column()).equals(column))
            .findFirst()
            .orElseThrow();
    assertThat(new IndicatorMatcher(set.indicators()).match(target, value)).hasSize(hits);
  }

  @Test
  void everyTypeIsLookedForOrSaysWhyNot() {
    for (IndicatorType type : IndicatorType.values()) {
      boolean looked = Targets.all().stream().anyMatch(target -> target.types().contains(type));
      assertThat(looked).as(type.toString()).isEqualTo(Targets.notTestable(type).isEmpty());
    }
  }

  @Test
  void theAllowListHoldsWhatMeansNothing() {
    AllowList list = AllowList.builtIn();
    assertThat(list.holds(of(IndicatorType.IPV4, "10.1.2.3"))).isPresent();
    assertThat(list.holds(of(IndicatorType.IPV4, "203.0.113.7"))).isEmpty();
    assertThat(list.holds(of(IndicatorType.DOMAIN, "www.microsoft.com"))).isPresent();
    assertThat(list.holds(of(IndicatorType.DOMAIN, "notmicrosoft.com"))).isEmpty();
    assertThat(list.holds(of(IndicatorType.URL, "https://www.google.com/x"))).isPresent();
    assertThat(list.holds(of(IndicatorType.MD5, "D41D8CD98F00B204E9800998ECF8427E"))).isPresent();
  }

  private static Indicator of(IndicatorType type, String value) {
    return new Indicator(
        type, value, Indicator.Form.EXACT, null, "t", null, null, List.of(), false, null, 1);
  }
}
