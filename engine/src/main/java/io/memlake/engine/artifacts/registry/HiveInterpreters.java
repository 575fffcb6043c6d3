package io.memlake.engine.artifacts.registry;

import java.util.List;

/** All interpreters: the one place to add one. */
final class HiveInterpreters {
  static final List<HiveInterpreter> ALL =
      List.of(
          new SamUsers(),
          new ProfileList(),
          new Services(),
          new ScheduledTasks(),
          new Shimcache(),
          new Amcache(),
          new Userassist(),
          new ActivityModerator(),
          new RunKeys(),
          new NetworkProfiles(),
          new UsbDevices(),
          new Certificates(),
          new Environment());

  private HiveInterpreters() {}
}
