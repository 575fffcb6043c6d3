package io.memlake.engine.artifacts.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Guid;
import io.memlake.engine.objects.value.Utf16;
import java.util.ArrayList;
import java.util.List;

/**
 * The value {@code Actions} of a scheduled task.
 *
 * <pre>
 * version:2 context { magic:2 id ... }     context, id and texts: length:4 UTF-16
 * 0x6666 command arguments directory [flags:2, version 3]      0x7777 class:16 data
 * 0x8888 email: from to cc bcc replyTo server subject body ... 0x9999 message: title text
 * </pre>
 *
 * <p>What follows an action that is not understood cannot be found.
 *
 * @param context account that the actions run as, by its name in the task
 * @param actions in order
 */
record TaskActions(String context, List<Action> actions) {
  private static final int EXEC = 0x6666;
  private static final int COM = 0x7777;
  private static final int EMAIL = 0x8888;
  private static final int MESSAGE = 0x9999;
  private static final int MAX_ACTIONS = 64;
  private static final int VERSION_WITH_FLAGS = 3;

  /** Copies the list. */
  TaskActions {
    actions = List.copyOf(actions);
  }

  /**
   * One action.
   *
   * @param type exec, com, email or message
   * @param command program; null for other types
   * @param arguments arguments, or data of a COM object; null for other types
   * @param directory working directory; null for other types
   * @param comClass class; null for other types
   */
  record Action(String type, String command, String arguments, String directory, String comClass) {}

  static TaskActions parse(byte[] data) {
    Reader in = new Reader(data);
    int version = in.u16();
    String context = in.text();
    List<Action> actions = new ArrayList<>();
    while (actions.size() < MAX_ACTIONS && in.left() > 2) {
      int magic = in.u16();
      in.text();
      Action action = action(magic, in, version);
      if (in.broken) {
        break;
      }
      actions.add(action);
      if (magic != EXEC && magic != COM) {
        break;
      }
    }
    return new TaskActions(context, actions);
  }

  private static Action action(int magic, Reader in, int version) {
    return switch (magic) {
      case EXEC -> exec(in, version);
      case COM -> {
        String comClass = in.guid();
        yield new Action("com", null, in.text(), null, comClass);
      }
      case EMAIL -> new Action("email", null, null, null, null);
      case MESSAGE -> new Action("message", null, null, null, null);
      default -> {
        in.broken = true;
        yield null;
      }
    };
  }

  private static Action exec(Reader in, int version) {
    Action exec = new Action("exec", in.text(), in.text(), in.text(), null);
    if (version >= VERSION_WITH_FLAGS) {
      in.u16();
    }
    return exec;
  }

  private static final class Reader {
    private final byte[] data;
    private int at;
    private boolean broken;

    Reader(byte[] data) {
      this.data = data;
    }

    int left() {
      return broken ? 0 : data.length - at;
    }

    private boolean has(long count) {
      broken |= count < 0 || count > data.length - at;
      return !broken;
    }

    int u16() {
      if (!has(Short.BYTES)) {
        return 0;
      }
      at += Short.BYTES;
      return LittleEndian.u16(data, at - Short.BYTES);
    }

    /** The empty text is none. */
    String text() {
      if (!has(Integer.BYTES)) {
        return null;
      }
      long length = LittleEndian.u32(data, at);
      at += Integer.BYTES;
      if (!has(length)) {
        return null;
      }
      at += (int) length;
      return length == 0 ? null : Utf16.text(data, at - (int) length, (int) length);
    }

    String guid() {
      if (!has(Guid.SIZE)) {
        return null;
      }
      at += Guid.SIZE;
      return Guid.text(data, at - Guid.SIZE);
    }
  }
}
