package io.memlake.schemas.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views of processes and what belongs to them carry the column names of the tools they follow. */
class ProcessViewsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vol_vadinfo | PID,Process,Offset,Start VPN,End VPN,Tag,Protection,CommitCharge,PrivateMemory,Parent,File,File output
          vol_malfind | PID,Process,Start VPN,End VPN,Tag,Protection,CommitCharge,PrivateMemory,File output,Notes,Hexdump,Disasm
          vol_ldrmodules | Pid,Process,Base,InLoad,InInit,InMem,MappedPath
          mp_modules | PID,Process,Name,Wow64,Size,Start,End,#Imports,#Exports,#Sections,Path,KernelPath,VerCompanyName,VerFileDescription,VerFileVersion,VerInternalName,VerLegalCopyright,VerOriginalFilename,VerProductName,VerProductVersion,PdbPath,PdbAge,PdbHexGUID
          mp_threads | PID,TID,ETHREAD,State,WaitReason,CreateTime,ExitTime,Running,BasePriority,Priority,ExitStatus,StartAddress,Win32StartAddress,IP,SP,TEB,StackBaseUser,StackLimitUser,StackBaseKernel,StackLimitKernel,TrapFrame,ImpersonationToken
          vol_suspicious_threads | Process,PID,TID,Context,Address,VAD Path,Note
          vol_envars | PID,Process,Block,Variable,Value
          vol_hollowprocesses | PID,Process,Notes
          vol_processghosting | PID,Process,FILE_OBJECT,DeletePending,Path
          mp_process | PID,PPID,State,ShortName,Name,IntegrityLevel,User,CreateTime,ExitTime,Wow64,EPROCESS,PEB,PEB32,DTB,UserDTB,UserPath,KernelPath,CommandLine,Flag
          vol_handles | PID,Process,Offset,HandleValue,Type,GrantedAccess,Name
          mp_handles | PID,Handle,Object,Access,Type,Tag,HandleCount,Device,Description
          vol_getsids | PID,Process,SID,Name
          vol_privileges | PID,Process,Value,Privilege,Attributes,Description
          vol_joblinks | Offset(V),Name,PID,PPID,Sess,JobSess,Wow64,Total,Active,Term,JobLink,Process
          vol_sessions | Session ID,Session Type,Process ID,Process,User Name,Create Time
          """)
  void columnsAfterCaseAndHostAreThoseOfTheOtherTool(String view, String columns) {
    List<String> names = Views.byName(view).columns().stream().map(ViewColumn::name).toList();
    assertThat(names.subList(0, 2)).containsExactly("case_id", "host");
    assertThat(names.subList(2, names.size())).containsExactly(columns.split(","));
  }
}
