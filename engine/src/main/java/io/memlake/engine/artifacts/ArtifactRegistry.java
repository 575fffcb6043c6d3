package io.memlake.engine.artifacts;

import io.memlake.engine.artifacts.bigpool.BigPoolArtifact;
import io.memlake.engine.artifacts.callback.CallbackArtifact;
import io.memlake.engine.artifacts.clipboard.ClipboardArtifact;
import io.memlake.engine.artifacts.desktop.DesktopArtifact;
import io.memlake.engine.artifacts.dns.DnsCacheArtifact;
import io.memlake.engine.artifacts.driver.DeviceArtifact;
import io.memlake.engine.artifacts.driver.DriverArtifact;
import io.memlake.engine.artifacts.driver.DriverIrpArtifact;
import io.memlake.engine.artifacts.file.FileArtifact;
import io.memlake.engine.artifacts.handle.HandleArtifact;
import io.memlake.engine.artifacts.host.HostArtifact;
import io.memlake.engine.artifacts.injection.InjectionArtifact;
import io.memlake.engine.artifacts.integrity.ModulePageArtifact;
import io.memlake.engine.artifacts.job.JobArtifact;
import io.memlake.engine.artifacts.module.KernelModuleArtifact;
import io.memlake.engine.artifacts.module.ModuleArtifact;
import io.memlake.engine.artifacts.module.UnloadedDriverArtifact;
import io.memlake.engine.artifacts.module.UnloadedModuleArtifact;
import io.memlake.engine.artifacts.network.NetworkArtifact;
import io.memlake.engine.artifacts.object.KernelObjectArtifact;
import io.memlake.engine.artifacts.process.EnvironmentArtifact;
import io.memlake.engine.artifacts.process.ProcessArtifact;
import io.memlake.engine.artifacts.secret.SecretArtifact;
import io.memlake.engine.artifacts.secret.VolumeKeyArtifact;
import io.memlake.engine.artifacts.service.ServiceArtifact;
import io.memlake.engine.artifacts.session.SessionArtifact;
import io.memlake.engine.artifacts.stack.ThreadFrameArtifact;
import io.memlake.engine.artifacts.systemcall.SystemCallArtifact;
import io.memlake.engine.artifacts.textlog.DefenderArtifact;
import io.memlake.engine.artifacts.textlog.PowershellArtifact;
import io.memlake.engine.artifacts.thread.ThreadArtifact;
import io.memlake.engine.artifacts.timer.TimerArtifact;
import io.memlake.engine.artifacts.token.TokenArtifact;
import io.memlake.engine.artifacts.token.TokenGroupArtifact;
import io.memlake.engine.artifacts.token.TokenPrivilegeArtifact;
import io.memlake.engine.artifacts.vad.VadArtifact;
import java.util.List;

/** All artifacts: the one place to add one. */
public final class ArtifactRegistry {
  private ArtifactRegistry() {}

  /** Artifacts that one task collects for a machine. */
  public static List<MachineArtifact<?>> machineArtifacts() {
    return List.of(
        new HostArtifact(),
        new ProcessArtifact(),
        new ThreadArtifact(),
        new JobArtifact(),
        new SessionArtifact(),
        new DesktopArtifact(),
        new KernelModuleArtifact(),
        new FileArtifact(),
        SecretArtifact.accounts(),
        SecretArtifact.secrets(),
        SecretArtifact.logons(),
        new VolumeKeyArtifact(),
        new ClipboardArtifact(),
        new PowershellArtifact(),
        new DefenderArtifact(),
        new DriverArtifact(),
        new DriverIrpArtifact(),
        new DeviceArtifact(),
        new KernelObjectArtifact(),
        new NetworkArtifact(),
        new CallbackArtifact(),
        new SystemCallArtifact(),
        new TimerArtifact(),
        new BigPoolArtifact(),
        new UnloadedDriverArtifact(),
        new ServiceArtifact());
  }

  /** Artifacts that are collected process by process, in any distribution. */
  public static List<PerProcessArtifact<?>> perProcessArtifacts() {
    return List.of(
        new ModuleArtifact(),
        new UnloadedModuleArtifact(),
        new VadArtifact(),
        new InjectionArtifact(),
        new EnvironmentArtifact(),
        new ThreadFrameArtifact(),
        new ModulePageArtifact(),
        new DnsCacheArtifact(),
        new HandleArtifact(),
        new TokenArtifact(),
        new TokenGroupArtifact(),
        new TokenPrivilegeArtifact());
  }
}
