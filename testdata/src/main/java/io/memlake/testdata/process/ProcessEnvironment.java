package io.memlake.testdata.process;

import io.memlake.testdata.layout.KernelIdentity;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import java.util.Map;
import java.util.TreeMap;

/** The PEB and the process parameters: path, command line, directory, environment. */
final class ProcessEnvironment {

  private static final int PARAMETERS_NORMALIZED = 0x6001;

  private final Boot boot;
  private final UserMemory memory;
  private final ProcessSpec spec;

  ProcessEnvironment(Boot boot, UserMemory memory, ProcessSpec spec) {
    this.boot = boot;
    this.memory = memory;
    this.spec = spec;
  }

  /** Writes the 64-bit PEB; its page must be reserved. */
  void writePeb(long peb, SharedImage program, long loaderData, int processors) {
    KernelIdentity id = boot.layout().identity();
    StructLayout layout = boot.struct("_PEB");
    memory.space().mapRange(peb, layout.size(), Access.USER_READ_WRITE);
    new Struct(memory.space(), peb, layout)
        .set("ImageBaseAddress", program.base())
        .set("Ldr", loaderData)
        .set("ProcessParameters", writeParameters())
        .set("ProcessHeap", memory.heapStart())
        .set("NumberOfProcessors", processors)
        .set("OSMajorVersion", id.major())
        .set("OSMinorVersion", id.minor())
        .set("OSBuildNumber", id.build())
        .set("OSPlatformId", 2)
        .set("ImageSubsystem", 2)
        .set("SessionId", spec.session.orElse(0));
  }

  private long writeParameters() {
    StructLayout layout = boot.struct("_RTL_USER_PROCESS_PARAMETERS");
    long address = memory.heap(layout.size());
    Struct parameters = new Struct(memory.space(), address, layout);
    String block = environmentBlock(environment());
    long blockAddress = memory.heap(block.length() * Character.BYTES);
    memory.space().writeUtf16(blockAddress, block);
    parameters
        .set("MaximumLength", layout.size())
        .set("Length", layout.size())
        .set("Flags", PARAMETERS_NORMALIZED)
        .set("Environment", blockAddress)
        .set("EnvironmentSize", (long) block.length() * Character.BYTES);
    setText(parameters, "CurrentDirectory.DosPath", spec.currentDirectory);
    setText(parameters, "ImagePathName", spec.shownPathOrDefault());
    setText(parameters, "CommandLine", spec.commandLineOrDefault());
    setText(parameters, "WindowTitle", spec.shownPathOrDefault());
    setText(parameters, "DesktopInfo", "WinSta0\\Default");
    return address;
  }

  private void setText(Struct struct, String field, String text) {
    int bytes = text.length() * Character.BYTES;
    struct.setUnicodeString(
        field, bytes, Math.min(bytes + Character.BYTES, 0xFFFE), memory.text(text));
  }

  /** The variables of the process, sorted as the system keeps them. */
  Map<String, String> environment() {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("COMPUTERNAME", boot.computerName());
    all.put("ComSpec", "C:\\Windows\\system32\\cmd.exe");
    all.put("NUMBER_OF_PROCESSORS", "2");
    all.put("OS", "Windows_NT");
    all.put("Path", "C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem");
    all.put("PROCESSOR_ARCHITECTURE", spec.wow64 ? "x86" : "AMD64");
    all.put("SystemDrive", "C:");
    all.put("SystemRoot", "C:\\Windows");
    all.put("TEMP", "C:\\Windows\\TEMP");
    all.put("USERNAME", "SYSTEM");
    all.put("windir", "C:\\Windows");
    all.putAll(spec.environment);
    return all;
  }

  static String environmentBlock(Map<String, String> variables) {
    StringBuilder block = new StringBuilder();
    variables.forEach((name, value) -> block.append(name).append('=').append(value).append('\0'));
    return block.append('\0').toString();
  }
}
