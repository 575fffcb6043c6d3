package io.memlake.engine.objects.vbs;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.process.Eprocess;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What an image says about virtualisation-based security.
 *
 * @param state whether it ran
 * @param evidence every fact that tells, in words
 * @param credentialGuard whether the secrets of {@code lsass.exe} were isolated
 */
public record VbsFacts(State state, List<String> evidence, boolean credentialGuard)
    implements Serializable {
  private static final String SECURE_SYSTEM = "Secure System";
  private static final String LSA_ISOLATED = "LsaIso.exe";
  private static final long SYSTEM_PID = 4;

  /** Nothing is known. */
  public static final VbsFacts UNKNOWN = new VbsFacts(State.UNKNOWN, List.of(), false);

  /** Whether virtualisation-based security ran. */
  public enum State {
    /** A secure kernel ran. */
    RUNNING,
    /** None ran. */
    NOT_RUNNING,
    /** The image does not tell. */
    UNKNOWN
  }

  /** Copies the list. */
  public VbsFacts {
    evidence = List.copyOf(evidence);
  }

  /** Asks the kernel's variables and the list of processes. */
  public static VbsFacts of(Machine machine, Iterable<Eprocess> processes) throws IOException {
    List<String> evidence = new ArrayList<>();
    KernelMemory memory = machine.kernelMemory();
    OptionalLong enabled = memory.addressOf("VslVsmEnabled");
    enabled = enabled.isPresent() ? memory.u8(enabled.getAsLong()) : enabled;
    boolean running = enabled.isPresent() && enabled.getAsLong() != 0;
    enabled.ifPresent(value -> evidence.add("VslVsmEnabled is " + value));
    for (String pointer : List.of("HvlpVsmVtlCallVa", "PsSecureSystemProcess")) {
      OptionalLong value = memory.i64(pointer);
      value.ifPresent(at -> evidence.add(pointer + " is " + Hex.address(at)));
      running |= value.isPresent() && value.getAsLong() != 0;
    }
    OptionalLong hypervisor = memory.addressOf("HvlHypervisorConnected");
    hypervisor = hypervisor.isPresent() ? memory.u8(hypervisor.getAsLong()) : hypervisor;
    hypervisor.ifPresent(value -> evidence.add("HvlHypervisorConnected is " + value));
    boolean isolated = false;
    for (Eprocess process : processes) {
      String name = process.imageFileName();
      boolean secure =
          name.equals(SECURE_SYSTEM) && process.inheritedFromUniqueProcessId() == SYSTEM_PID;
      boolean lsa = name.equals(LSA_ISOLATED) && process.exitTime() == 0;
      if (secure || lsa) {
        evidence.add("process " + name + " (" + process.uniqueProcessId() + ")");
      }
      running |= secure || lsa;
      isolated |= lsa;
    }
    State state = running ? State.RUNNING : enabled.isPresent() ? State.NOT_RUNNING : State.UNKNOWN;
    return new VbsFacts(state, evidence, isolated);
  }

  /** What an examiner must know, in one sentence; empty when there is nothing to know. */
  public String statement() {
    if (state != State.RUNNING) {
      return "";
    }
    return "Virtualisation-based security ran: memory of its secure kernel and of isolated programs"
        + " (VTL 1) is in no image taken inside Windows"
        + (credentialGuard
            ? "; credentials of LsaIso.exe (Credential Guard) are isolated, not missing"
            : "");
  }
}
