package io.memlake.jobs.tree;

import io.memlake.jobs.output.CellText;
import io.memlake.jobs.output.Paint;
import io.memlake.jobs.output.Screen;
import io.memlake.jobs.output.TextWidth;
import io.memlake.jobs.panels.PanelAnswer;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws the processes of each host under those that started them. */
public final class ProcessTrees {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final String ENDED = "ended";

  /** Trees that are deeper go on without moving further to the right. */
  private static final int MAX_INDENT = 120;

  private final PrintStream out;
  private final Screen screen;

  /** Trees on {@code out}, cut and coloured for {@code screen}. */
  public ProcessTrees(PrintStream out, Screen screen) {
    this.out = out;
    this.screen = screen;
  }

  /** Draws the rows of the panel {@code process_tree} or {@code host_processes}. */
  public void draw(PanelAnswer processes) {
    Map<String, List<ProcessNode>> hosts = new TreeMap<>();
    for (List<Object> values : processes.rows()) {
      Map<String, Object> row = new HashMap<>();
      for (int at = 0; at < values.size(); at++) {
        row.put(processes.columns().get(at).name(), values.get(at));
      }
      ProcessNode node = new ProcessNode(row);
      hosts.computeIfAbsent(node.text("host"), host -> new ArrayList<>()).add(node);
    }
    boolean first = true;
    for (Map.Entry<String, List<ProcessNode>> host : hosts.entrySet()) {
      if (!first) {
        out.print("\n");
      }
      first = false;
      draw(host.getKey(), host.getValue());
    }
    out.flush();
  }

  private void draw(String host, List<ProcessNode> nodes) {
    Map<Object, List<ProcessNode>> byPid = new HashMap<>();
    for (ProcessNode node : nodes) {
      byPid.computeIfAbsent(node.row.get("pid"), pid -> new ArrayList<>()).add(node);
    }
    for (ProcessNode node : nodes) {
      node.findParent(byPid.getOrDefault(node.row.get("ppid"), List.of()));
    }
    long odd = nodes.stream().filter(node -> !oddities(node).isEmpty()).count();
    line(
        new Line()
            .add(CellText.printable(host), Paint.BOLD)
            .add("  " + nodes.size() + " processes", Paint.PLAIN)
            .add(odd == 0 ? "" : ", " + odd + " odd", Paint.HIGH));
    nodes.stream().filter(ProcessNode::isRoot).forEach(this::branch);
  }

  /** Without recursion: forged processes can make a tree as deep as there are of them. */
  private void branch(ProcessNode root) {
    Deque<Branch> left = new ArrayDeque<>();
    left.push(new Branch(root, "", ""));
    while (!left.isEmpty()) {
      Branch branch = left.pop();
      line(describe(branch.node(), branch.first()));
      List<ProcessNode> children = branch.node().children;
      for (int at = children.size() - 1; at >= 0; at--) {
        boolean last = at == children.size() - 1;
        String below = branch.below();
        left.push(
            new Branch(
                children.get(at),
                below.substring(0, Math.min(below.length(), MAX_INDENT)) + (last ? "└─ " : "├─ "),
                below.length() < MAX_INDENT ? below + (last ? "   " : "│  ") : below));
      }
    }
  }

  /**
   * A node still to draw.
   *
   * @param first what stands before its own line
   * @param below what stands before the lines below it
   */
  private record Branch(ProcessNode node, String first, String below) {}

  private Line describe(ProcessNode node, String prefix) {
    boolean ended = node.row.get("exit_time") != null;
    Line line =
        new Line()
            .add(prefix, Paint.DIM)
            .add(CellText.printable(node.text("image_file_name")), ended ? Paint.DIM : Paint.BOLD)
            .add(" " + node.text("pid"), Paint.PLAIN);
    for (String oddity : oddities(node)) {
      line.add("  ! " + oddity, Paint.HIGH);
    }
    line.add("  " + time(node.row.get("create_time")), Paint.DIM);
    line.add(ended ? " to " + time(node.row.get("exit_time")) : "", Paint.DIM);
    return line.add("  " + CellText.printable(node.text("command_line")), Paint.DIM);
  }

  private static List<String> oddities(ProcessNode node) {
    List<String> oddities = new ArrayList<>();
    for (String oddity : node.text("oddities").split(";", -1)) {
      if (!oddity.isEmpty() && !oddity.equals(ENDED)) {
        oddities.add(oddity);
      }
    }
    return oddities;
  }

  private static String time(Object time) {
    return time instanceof Instant instant ? TIME.format(instant) : "";
  }

  private void line(Line line) {
    out.print(line.text(screen) + "\n");
  }

  /** Parts of a line with their colours. */
  private static final class Line {
    private final List<String> parts = new ArrayList<>();
    private final List<Paint> paints = new ArrayList<>();

    Line add(String part, Paint paint) {
      parts.add(part);
      paints.add(paint);
      return this;
    }

    String text(Screen screen) {
      StringBuilder text = new StringBuilder();
      int left = screen.width() > 0 ? screen.width() : Integer.MAX_VALUE;
      for (int at = 0; at < parts.size() && left > 1; at++) {
        String part = TextWidth.cut(parts.get(at), left);
        left -= TextWidth.of(part);
        text.append(screen.colours() ? paints.get(at).on(part) : part);
      }
      return text.toString().stripTrailing();
    }
  }
}
