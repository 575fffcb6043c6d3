package io.memlake.jobs.fleet;

import java.util.List;

/**
 * A kind of thing that is compared between hosts and moments.
 *
 * @param name its name
 * @param table the table that lists it
 * @param key Spark SQL for what makes two of them the same thing
 * @param attributes Spark SQL for what may differ about the same thing
 * @param filter which rows count
 */
public record ObjectKind(String name, String table, String key, String attributes, String filter) {

  /** All kinds. */
  public static List<ObjectKind> all() {
    return List.of(
        new ObjectKind(
            "process",
            "processes",
            "lower(coalesce(name, image_file_name))",
            normal("coalesce(kernel_path, path, '')"),
            "state = 'running'"),
        new ObjectKind(
            "module",
            "modules",
            "lower(coalesce(process, '')) || ' ' || lower(name)",
            normal("coalesce(path, '')"),
            "name IS NOT NULL"),
        new ObjectKind(
            "driver",
            "kernel_modules",
            "lower(name)",
            normal("coalesce(path, '')") + " || ' ' || coalesce(pdb_guid, '')",
            "in_list AND name IS NOT NULL"),
        new ObjectKind(
            "service",
            "services",
            "lower(name)",
            normal("coalesce(binary, binary_registry, '')")
                + " || ' ' || "
                + normal("coalesce(dll, '')")
                + " || ' ' || coalesce(start, '')",
            "name IS NOT NULL"),
        new ObjectKind(
            "task",
            "scheduled_tasks",
            normal("coalesce(task_path, guid)"),
            normal("coalesce(command, com_class, '')")
                + " || ' ' || "
                + normal("coalesce(arguments, '')"),
            "coalesce(task_path, guid) IS NOT NULL"),
        new ObjectKind(
            "autostart",
            "run_keys",
            normal("key") + " || ' ' || lower(coalesce(entry, ''))",
            normal("coalesce(command, '')"),
            "key IS NOT NULL"),
        new ObjectKind(
            "listener",
            "network",
            "lower(coalesce(owner, '')) || ' ' || proto || ' ' || local_port",
            "''",
            "state = 'LISTENING' AND local_port < 49152"),
        new ObjectKind(
            "account",
            "users",
            normal("coalesce(user_name, sid)"),
            "''",
            "coalesce(user_name, sid) IS NOT NULL"));
  }

  /** Distinct things: host, key, attributes. */
  public String statement(String caseLiteral) {
    return "SELECT DISTINCT host, "
        + key
        + " AS key, "
        + attributes
        + " AS attributes FROM "
        + table
        + " WHERE case_id = "
        + caseLiteral
        + " AND "
        + filter;
  }

  private static String normal(String expression) {
    return NormalForm.spark(expression);
  }
}
