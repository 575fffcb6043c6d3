package io.memlake.testdata.process;

import java.util.ArrayList;
import java.util.List;

/** The modules that a process has without asking. Sizes are those of a recent Windows 10. */
public final class CoreModules {

  /** The lowest layer of every process. */
  public static final ModuleSpec NTDLL = ModuleSpec.system("ntdll.dll", 0x1F5000);

  private static final ModuleSpec KERNEL32 = ModuleSpec.system("KERNEL32.DLL", 0xBE000);
  private static final ModuleSpec KERNEL_BASE = ModuleSpec.system("KERNELBASE.dll", 0x2C8000);

  private CoreModules() {}

  /** Modules in load order of a 64-bit process, the program first. */
  static List<ModuleSpec> wide(ProcessSpec spec, ModuleSpec program) {
    List<ModuleSpec> modules = new ArrayList<>(List.of(program, NTDLL));
    if (spec.wow64) {
      modules.add(ModuleSpec.system("wow64.dll", 0x59000));
      modules.add(ModuleSpec.system("wow64win.dll", 0x83000));
      modules.add(ModuleSpec.system("wow64cpu.dll", 0xA000));
      return modules;
    }
    if (!spec.name.equals("smss.exe")) {
      modules.add(KERNEL32);
      modules.add(KERNEL_BASE);
    }
    spec.modules.stream().filter(ModuleSpec::wide).forEach(modules::add);
    return modules;
  }

  /** Modules in load order of the 32-bit side, the program first. */
  static List<ModuleSpec> narrow(ProcessSpec spec, ModuleSpec program) {
    List<ModuleSpec> modules = new ArrayList<>();
    modules.add(program);
    modules.add(ModuleSpec.wow("ntdll.dll", 0x1A4000));
    modules.add(ModuleSpec.wow("KERNEL32.DLL", 0xF0000));
    modules.add(ModuleSpec.wow("KERNELBASE.dll", 0x214000));
    spec.modules.stream().filter(module -> !module.wide()).forEach(modules::add);
    return modules;
  }

  /** Modules of programs with windows. */
  public static ModuleSpec[] windows() {
    return new ModuleSpec[] {
      ModuleSpec.system("USER32.dll", 0x1A0000),
      ModuleSpec.system("win32u.dll", 0x22000),
      ModuleSpec.system("GDI32.dll", 0x2B000),
      ModuleSpec.system("msvcrt.dll", 0x9E000),
      ModuleSpec.system("combase.dll", 0x354000)
    };
  }

  /** Modules of services. */
  public static ModuleSpec[] services() {
    return new ModuleSpec[] {
      ModuleSpec.system("sechost.dll", 0x9C000),
      ModuleSpec.system("RPCRT4.dll", 0x12A000),
      ModuleSpec.system("ucrtbase.dll", 0x100000)
    };
  }
}
