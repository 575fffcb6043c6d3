package io.memlake.testdata.process;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.truth.ModuleTruth;
import java.util.ArrayList;
import java.util.List;

/**
 * The 64-bit loader's data: {@code _PEB_LDR_DATA} and one {@code _LDR_DATA_TABLE_ENTRY} a module,
 * in three lists: by load, by memory (the same order), by initialization (without the program).
 */
final class LoaderList {

  private static final int LOADED_STATIC = 0x0000A2CC;

  private LoaderList() {}

  /**
   * Writes entries and lists.
   *
   * @param modules in load order, the program first
   * @param loadTimes when each was loaded
   * @param entries receives what was written
   * @return address of the {@code _PEB_LDR_DATA}
   */
  static long write(
      Boot boot,
      UserMemory memory,
      List<SharedImage> modules,
      List<Long> loadTimes,
      List<ModuleTruth> entries) {
    StructLayout layout = boot.struct("_PEB_LDR_DATA");
    StructLayout entryLayout = boot.struct("_LDR_DATA_TABLE_ENTRY");
    long data = memory.heap(layout.size());
    Struct loader = new Struct(memory.space(), data, layout);
    loader.set("Length", layout.size()).set("Initialized", 1);
    List<Long> addresses = new ArrayList<>();
    for (int i = 0; i < modules.size(); i++) {
      long address = memory.heap(entryLayout.size());
      addresses.add(address);
      ModuleTruth truth = truth(address, modules.get(i), loadTimes.get(i));
      entries.add(truth);
      writeEntry(memory, new Struct(memory.space(), address, entryLayout), truth, modules.get(i));
    }
    link(memory, loader, "InLoadOrderModuleList", addresses, entryLayout, "InLoadOrderLinks");
    link(memory, loader, "InMemoryOrderModuleList", addresses, entryLayout, "InMemoryOrderLinks");
    link(
        memory,
        loader,
        "InInitializationOrderModuleList",
        addresses.subList(Math.min(1, addresses.size()), addresses.size()),
        entryLayout,
        "InInitializationOrderLinks");
    return data;
  }

  static ModuleTruth truth(long address, SharedImage module, long loadTime) {
    return new ModuleTruth(
        address,
        module.base(),
        module.spec().size(),
        module.spec().name(),
        module.spec().path(),
        loadTime);
  }

  private static void writeEntry(
      UserMemory memory, Struct entry, ModuleTruth truth, SharedImage module) {
    long path = memory.text(truth.path());
    int pathBytes = truth.path().length() * Character.BYTES;
    int nameBytes = truth.name().length() * Character.BYTES;
    entry
        .set("DllBase", truth.base())
        .set("EntryPoint", truth.base() + module.entryPoint())
        .set("SizeOfImage", truth.size())
        .setUnicodeString("FullDllName", pathBytes, pathBytes + Character.BYTES, path)
        .setUnicodeString(
            "BaseDllName", nameBytes, nameBytes + Character.BYTES, path + pathBytes - nameBytes)
        .set("Flags", LOADED_STATIC)
        .set(entry.layout().firstOf("ObsoleteLoadCount", "LoadCount"), 0xFFFF)
        .set("TimeDateStamp", module.timeDateStamp())
        .set("OriginalBase", truth.base())
        .set("LoadTime", truth.loadTime())
        .setEmptyList("HashLinks")
        .setEmptyList("InInitializationOrderLinks");
  }

  private static void link(
      UserMemory memory,
      Struct loader,
      String head,
      List<Long> entries,
      StructLayout entryLayout,
      String field) {
    int offset = entryLayout.offset(field);
    LinkedLists.link(
        memory.space(),
        loader.addressOf(head),
        entries.stream().map(entry -> entry + offset).toList());
  }
}
