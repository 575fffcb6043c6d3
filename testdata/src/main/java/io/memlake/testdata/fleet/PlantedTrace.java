package io.memlake.testdata.fleet;

/**
 * Something suspicious that was put into a host.
 *
 * @param kind what it is
 * @param pid process that it belongs to
 * @param process name of that process
 * @param description one sentence for people
 */
public record PlantedTrace(Kind kind, long pid, String process, String description) {

  /** Kinds of traces. */
  public enum Kind {
    /** A process that is in no list. */
    HIDDEN_PROCESS,
    /** A process with a parent that does not start such programs. */
    UNUSUAL_PARENT,
    /** A system program's name at another place. */
    MASQUERADING,
    /** A command line that hides what it does. */
    ENCODED_COMMAND,
    /** Executable memory without a file behind it, with an image in it. */
    INJECTED_MEMORY,
    /** A library at a place where users can write. */
    UNUSUAL_MODULE_PATH,
    /** A process that opened the one that knows all passwords. */
    CREDENTIAL_ACCESS,
    /** A kernel module from a temporary folder. */
    UNUSUAL_DRIVER,
    /** Code of a loaded library that was overwritten. */
    HOOKED_MODULE,
    /** A dispatch routine of a driver that leads elsewhere. */
    HOOKED_DRIVER,
    /** A service that hardly any host has. */
    RARE_SERVICE,
    /** A connection to the intruder's server. */
    BEACON_CONNECTION,
    /** A thread that starts outside every module. */
    INJECTED_THREAD,
    /** A routine of the intruder's driver that the kernel calls. */
    KERNEL_CALLBACK,
    /** An entry of the registry that starts a program of the intruder. */
    AUTOSTART,
    /** A connection from one of the two hosts to the other. */
    LATERAL_MOVEMENT
  }
}
