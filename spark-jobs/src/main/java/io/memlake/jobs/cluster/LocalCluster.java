package io.memlake.jobs.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.exit.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.launcher.JavaModuleOptions;

/** Starts, watches and stops the processes of a local cluster. */
public final class LocalCluster {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String URL = "url";
  private static final String WEB = "web";
  private static final String MEMBER = "member.";
  private static final int SECRET_BYTES = 32;

  /** Generous: members that end are noticed at once, and a busy machine needs minutes. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final long POLL_MILLIS = 200;

  private final ClusterFolder folder;

  /** The cluster that lies in {@code folder}, running or not. */
  public LocalCluster(ClusterFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts a master and workers and waits until the master knows all of them.
   *
   * @param cores of each worker
   * @param memory of each worker, as Spark spells it: {@code 1g}
   * @return the address to give as {@code --master}
   * @throws EnvironmentException when it runs already or does not come up
   */
  public String start(int workers, int cores, String memory) throws IOException {
    if (members().stream().anyMatch(Member::isAlive)) {
      throw new EnvironmentException(
          "A cluster runs already at " + url() + "; memlake cluster stop ends it");
    }
    folder.create();
    int port = freePort();
    int web = freePort();
    String url = "spark://" + LOOPBACK + ":" + port;
    Properties state = new Properties();
    state.setProperty(URL, url);
    state.setProperty(WEB, Integer.toString(web));
    ClusterFolder.write(folder.settings(), settings(url));
    List<Member> started = new ArrayList<>();
    started.add(
        launch(
            "master",
            List.of(
                "org.apache.spark.deploy.master.Master",
                "--host",
                LOOPBACK,
                "--port",
                Integer.toString(port),
                "--webui-port",
                Integer.toString(web))));
    for (int i = 1; i <= workers; i++) {
      started.add(
          launch(
              "worker-" + i,
              List.of(
                  "org.apache.spark.deploy.worker.Worker",
                  "--host",
                  LOOPBACK,
                  "--webui-port",
                  "0",
                  "--cores",
                  Integer.toString(cores),
                  "--memory",
                  memory,
                  "--work-dir",
                  folder.path().resolve("work").toString(),
                  url)));
    }
    for (Member member : started) {
      state.setProperty(MEMBER + member.name(), member.pid() + " " + member.started());
    }
    ClusterFolder.write(folder.state(), state);
    awaitWorkers(workers);
    return url;
  }

  private static Properties settings(String url) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    Properties settings = new Properties();
    settings.setProperty("spark.master", url);
    settings.setProperty("spark.authenticate", "true");
    settings.setProperty("spark.authenticate.secret", Hex.bytes(secret));
    settings.setProperty("spark.network.crypto.enabled", "true");
    settings.setProperty("spark.driver.host", LOOPBACK);
    settings.setProperty("spark.driver.bindAddress", LOOPBACK);
    settings.setProperty("spark.ui.enabled", "false");
    return settings;
  }

  private Member launch(String name, List<String> program) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.add("-cp");
    command.add(folder.classPath());
    command.addAll(program.subList(0, 1));
    command.addAll(List.of("--properties-file", folder.settings().toString()));
    command.addAll(program.subList(1, program.size()));
    Path log = folder.log(name);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("SPARK_HOME", folder.path().toString());
    environment.put("SPARK_LOCAL_IP", LOOPBACK);
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return Member.of(name, builder.start());
  }

  private void awaitWorkers(int workers) throws IOException {
    Instant end = Instant.now().plus(START);
    while (workersAlive() < workers) {
      for (Member member : members()) {
        if (!member.isAlive()) {
          stop();
          throw new EnvironmentException(
              "The " + member.name() + " did not start; see " + folder.log(member.name()));
        }
      }
      if (Instant.now().isAfter(end)) {
        stop();
        throw new EnvironmentException(
            "The cluster did not come up within "
                + START.toSeconds()
                + " s; see "
                + folder.log("master").getParent());
      }
      pause();
    }
  }

  /** Workers that the master counts on; 0 while it does not answer. */
  public int workersAlive() throws IOException {
    String web = ClusterFolder.read(folder.state()).getProperty(WEB);
    if (web == null) {
      return 0;
    }
    URI page = URI.create("http://" + LOOPBACK + ":" + web + "/json/");
    try (InputStream in = page.toURL().openStream()) {
      return new ObjectMapper().readTree(in).path("aliveworkers").asInt(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Processes of the cluster, master first, whether they run or not. */
  public List<Member> members() throws IOException {
    Map<String, Member> members = new TreeMap<>();
    ClusterFolder.read(folder.state())
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith(MEMBER)) {
                String member = name.toString().substring(MEMBER.length());
                String[] parts = value.toString().split(" ", 2);
                members.put(
                    member, new Member(member, Long.parseLong(parts[0]), Instant.parse(parts[1])));
              }
            });
    return List.copyOf(members.values());
  }

  /** The address of the master; empty when no cluster was started. */
  public String url() throws IOException {
    return ClusterFolder.read(folder.state()).getProperty(URL, "");
  }

  /**
   * What has to be set to talk to {@code master}; nothing when it is not the one of this folder.
   */
  public Map<String, String> settingsFor(String master) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    if (master.equals(url())) {
      ClusterFolder.read(folder.settings())
          .forEach((name, value) -> settings.put(name.toString(), value.toString()));
    }
    return settings;
  }

  /** Ends all processes, workers first, and forgets them. Returns how many were running. */
  public int stop() throws IOException {
    List<Member> members = new ArrayList<>(members());
    java.util.Collections.reverse(members);
    int running = 0;
    try {
      for (Member member : members) {
        running += member.isAlive() ? 1 : 0;
        member.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Files.deleteIfExists(folder.state());
    Files.deleteIfExists(folder.settings());
    return running;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
