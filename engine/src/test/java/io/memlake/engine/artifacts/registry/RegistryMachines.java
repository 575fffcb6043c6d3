package io.memlake.engine.artifacts.registry;

import io.memlake.engine.image.SampleData;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.registry.HiveContent;
import io.memlake.testdata.registry.HiveFileWriter;
import io.memlake.testdata.registry.HiveSpec;
import io.memlake.testdata.registry.HiveTree;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;

/** Machines with hives mounted in them. */
final class RegistryMachines {
  static final Instant TIME = Instant.parse("2024-03-05T10:11:12Z");

  private RegistryMachines() {}

  /** The real hives of the samples and one with volatile keys. */
  static MachineBuilder withSamples(int build) throws IOException {
    return SyntheticMachine.windows(build)
        .seed(build)
        .standardProcesses()
        .hive(HiveSpec.machine("SAM", sample("ez/SAM")))
        .hive(HiveSpec.machine("SECURITY", sample("ez/SECURITY")))
        .hive(HiveSpec.user("S-1-5-21-1-2-3-1001", "alice", sample("ez/NTUSER1.DAT")))
        .hive(HiveSpec.machine("COMPONENTS", sample("yarp/BigDataHive")))
        .hive(HiveSpec.machine("DRIVERS", sample("yarp/ManySubkeysHive")))
        .hive(HiveSpec.machine("ELAM", sample("yarp/DeletedTreeHive")))
        .hive(HiveSpec.withoutFile("\\REGISTRY\\MACHINE\\HARDWARE", hardware()));
  }

  static HiveContent sample(String name) throws IOException {
    return HiveContent.ofFile(Files.readAllBytes(SampleData.file("registry/" + name)));
  }

  /** A stable root with volatile keys, wide enough for a second page of cells. */
  static HiveContent hardware() {
    HiveTree root = HiveTree.root("HARDWARE").written(TIME);
    HiveTree description = root.key("DESCRIPTION").volatileKey();
    description.key("System\\CentralProcessor\\0").text("ProcessorNameString", "Model 7");
    for (int i = 0; i < 200; i++) {
      description.key("System\\Device" + i).number("Number", i).bytes("Blob", new byte[i]);
    }
    root.key("\u4e2d\u6587").text("", "default \u00e9");
    return HiveFileWriter.write(root, "", TIME);
  }
}
