package io.memlake.schemas.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views of the kernel's own objects carry the column names of the tools they follow. */
class KernelViewsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vol_netscan | Offset,Proto,LocalAddr,LocalPort,ForeignAddr,ForeignPort,State,PID,Owner,Created
          vol_netstat | Offset,Proto,LocalAddr,LocalPort,ForeignAddr,ForeignPort,State,PID,Owner,Created
          vol_driverscan | Offset,Start,Size,Service Key,Driver Name,Name
          vol_driverirp | Offset,Driver Name,IRP,Address,Module,Symbol
          vol_drivermodule | Offset,Known Exception,Driver Name,Service Key,Alternative Name
          vol_devicetree | Offset,Type,DriverName,DeviceName,DriverNameOfAttDevice,DeviceType
          vol_mutantscan | Offset,Name
          vol_symlinkscan | Offset,CreateTime,From Name,To Name
          vol_callbacks | Type,Callback,Module,Symbol,Detail
          vol_ssdt | Index,Address,Module,Symbol
          vol_timers | Offset,DueTime,Period(ms),Signaled,Routine,Module,Symbol
          vol_bigpools | Allocation,Tag,PoolType,NumberOfBytes,Status
          vol_unloadedmodules | Name,StartAddress,EndAddress,Time
          vol_svcscan | Offset,Order,PID,Start,State,Type,Name,Display,Binary,Binary (Registry),Dll
          mp_net | Proto,State,SrcAddr,SrcPort,DstAddr,DstPort,Time,Object,PID,Process,ProcessPath
          mp_drivers | Name,ObjectAddress,Size,Start,End,ServiceKey,DriverName,DriverPath
          mp_devices | Name,ObjectAddress,Depth,AttachedDeviceAddress,DriverName,DriverPath,DriverObjectAddress,ExtraInfo
          mp_unloaded_modules | PID,Process,ModuleName,UnloadTime,Wow64,Size,Start,End
          mp_services | PID,Ordinal,ServiceName,DisplayName,User,StartType,State,Type1,Type2,ObjectAddress,ImagePath,DriverpathOrCmdline
          """)
  void columnsAfterCaseAndHostAreThoseOfTheOtherTool(String view, String columns) {
    List<String> names = Views.byName(view).columns().stream().map(ViewColumn::name).toList();
    assertThat(names.subList(0, 2)).containsExactly("case_id", "host");
    assertThat(names.subList(2, names.size())).containsExactly(columns.split(","));
  }
}
