package io.memlake.jobs.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.exit.CommandException;
import io.memlake.jobs.exit.EnvironmentException;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.LakeDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The dashboard's web server. It runs until it is closed. */
public final class DashboardServer implements Closeable {
  private static final int THREADS = 6;
  private static final int WAITING = 64;

  private final HttpServer server;
  private final ExecutorService threads;
  private final LiveLake lake;
  private final PageBytes bytes;
  private final Gate gate;
  private final Routes routes;
  private final String token;

  private DashboardServer(
      HttpServer server, LiveLake lake, PageBytes bytes, DashboardSettings settings) {
    this.server = server;
    this.lake = lake;
    this.bytes = bytes;
    this.token = Gate.newToken();
    this.gate = new Gate(token, server.getAddress().getPort());
    this.routes = new Routes(settings, lake, bytes);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "dashboard");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How a lake is looked at. */
  public interface Opener {
    /** What the lake holds now. */
    LakeSnapshot look() throws IOException;

    /** A database over it. */
    LakeDatabase open(LakeSnapshot snapshot) throws IOException;
  }

  /**
   * Starts a dashboard on the loopback address.
   *
   * @throws EnvironmentException when the port is taken
   */
  public static DashboardServer start(
      DashboardSettings settings, Opener opener, HadoopEvidence evidence) throws IOException {
    HttpServer server;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), WAITING);
    } catch (BindException e) {
      throw new EnvironmentException(
          "Port " + settings.port() + " is taken; --port 0 takes any that is free", e);
    }
    LiveLake lake = new LiveLake(opener);
    PageBytes bytes = new PageBytes(settings.location(), settings.caseId(), evidence);
    DashboardServer dashboard = new DashboardServer(server, lake, bytes, settings);
    server.setExecutor(dashboard.threads);
    server.createContext("/", dashboard::handle);
    server.start();
    return dashboard;
  }

  /** The address to open, with the token. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/?token=" + token;
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    lake.close();
    bytes.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (IllegalArgumentException e) {
        Reply.text(exchange, 400, String.valueOf(e.getMessage()));
      } catch (CommandException e) {
        Reply.text(exchange, 500, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        Reply.text(exchange, 500, "internal error: " + e);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    int refusal = gate.refusal(exchange);
    if (refusal != 0) {
      Reply.text(exchange, refusal, "Refused");
      return;
    }
    Question question = Question.of(exchange.getRequestURI());
    if (gate.matches(question.text("token"))) {
      Reply.redirect(exchange, "/", gate.cookie());
    } else if (gate.knows(exchange)) {
      routes.answer(exchange, exchange.getRequestURI().getPath(), question);
    } else {
      Reply.text(exchange, 401, "Open the address that memlake dashboard printed");
    }
  }
}
