package io.memlake.jobs.fleet.code;

/** The questions of the vote, in the order in which they are asked. */
final class CodeSql {
  private static final String KEY = "module, size, timestamp, guid, rva";

  private static final String PLACED =
      """
      WITH module AS (
        SELECT case_id, host, image_id, pid, process, lower(name) AS module, base, size, timestamp,
          pdb_guid FROM modules
        WHERE case_id = %1$s AND base IS NOT NULL AND size > 0 AND timestamp IS NOT NULL
        UNION ALL
        SELECT case_id, host, image_id, 4, 'System', lower(name), base, size, timestamp, pdb_guid
        FROM kernel_modules
        WHERE case_id = %1$s AND base IS NOT NULL AND size > 0 AND timestamp IS NOT NULL),
      code AS (
        SELECT host, image_id, pid, va, page_hash, confidence FROM pages
        WHERE case_id = %1$s AND executable AND va IS NOT NULL AND page_hash IS NOT NULL
          AND kind NOT IN ('zero', 'fill', 'pagetable'))
      SELECT m.host, m.image_id, CAST(m.pid AS INT) AS pid, m.process, m.module, m.size, m.timestamp,
        m.pdb_guid, coalesce(m.pdb_guid, '') AS guid, m.base, c.va - m.base AS rva, c.va,
        c.page_hash, c.confidence
      FROM code c JOIN module m ON m.host = c.host AND m.pid = c.pid
        AND c.va >= m.base AND c.va < m.base + m.size
      WHERE c.va >= 0
      UNION ALL
      SELECT m.host, m.image_id, CAST(m.pid AS INT), m.process, m.module, m.size, m.timestamp,
        m.pdb_guid, coalesce(m.pdb_guid, ''), m.base, c.va - m.base, c.va, c.page_hash, c.confidence
      FROM code c JOIN module m ON m.host = c.host AND c.va >= m.base AND c.va < m.base + m.size
      WHERE c.va < 0 AND m.pid = 4""";

  private static final String GROUPS =
      """
      SELECT KEY, count(DISTINCT host) AS hosts, count(DISTINCT base) AS bases,
        count(DISTINCT page_hash) AS contents
      FROM memlake_placed GROUP BY KEY HAVING count(DISTINCT host) >= %d"""
          .replace("KEY", KEY);

  private static final String WANTED =
      """
      SELECT module, size, timestamp, guid, rva, base, page_hash, one.host AS host, one.pid AS pid
      FROM (
        SELECT p.module, p.size, p.timestamp, p.guid, p.rva, p.base, p.page_hash,
          min(named_struct('host', p.host, 'pid', p.pid)) AS one, min(g.contents) AS contents
        FROM memlake_placed p JOIN memlake_code_groups g USING (module, size, timestamp, guid, rva)
        WHERE g.contents > 1
        GROUP BY p.module, p.size, p.timestamp, p.guid, p.rva, p.base, p.page_hash)
      ORDER BY contents, module, timestamp, rva, base, page_hash LIMIT %d""";

  /** What each row has to say; nothing where its page cannot be compared. */
  private static final String BALLOTS =
      """
      WITH unmoved AS (
        SELECT DISTINCT module, size, timestamp, guid, rva FROM memlake_placed
        GROUP BY module, size, timestamp, guid, rva, page_hash HAVING count(DISTINCT base) >= 2)
      SELECT p.*, g.bases, r.lines,
        CASE WHEN g.bases = 1 THEN 'bytes' WHEN r.moved_hash IS NOT NULL THEN 'relocated'
          WHEN u.module IS NOT NULL THEN 'no addresses' END AS compared,
        CASE WHEN g.bases = 1 THEN p.page_hash WHEN r.moved_hash IS NOT NULL THEN r.moved_hash
          WHEN u.module IS NOT NULL THEN p.page_hash END AS vote
      FROM memlake_placed p
      JOIN memlake_code_groups g USING (module, size, timestamp, guid, rva)
      LEFT JOIN memlake_code_read r ON r.module = p.module AND r.size = p.size
        AND r.timestamp = p.timestamp AND r.guid = p.guid AND r.rva = p.rva AND r.base = p.base
        AND r.page_hash = p.page_hash
      LEFT JOIN unmoved u ON u.module = p.module AND u.size = p.size
        AND u.timestamp = p.timestamp AND u.guid = p.guid AND u.rva = p.rva
      WHERE g.contents > 1""";

  private static final String PAGES =
      """
      WITH tally AS (
        SELECT KEY, vote, count(DISTINCT host) AS hosts, max(lines) AS lines
        FROM memlake_code_ballots WHERE vote IS NOT NULL GROUP BY KEY, vote),
      voters AS (
        SELECT KEY, count(DISTINCT host) AS hosts_module, min(compared) AS compared
        FROM memlake_code_ballots WHERE vote IS NOT NULL GROUP BY KEY)
      SELECT t.module, t.size, t.timestamp, t.guid, t.rva, min(v.hosts_module) AS hosts_module,
        min(v.compared) AS compared, max(t.hosts) AS hosts_majority,
        max_by(t.vote, struct(t.hosts, t.vote)) AS majority,
        max_by(t.lines, struct(t.hosts, t.vote)) AS majority_lines
      FROM tally t JOIN voters v USING (module, size, timestamp, guid, rva)
      GROUP BY t.module, t.size, t.timestamp, t.guid, t.rva"""
          .replace("KEY", KEY);

  private static final String PATCHES =
      """
      WITH tally AS (
        SELECT KEY, vote, count(DISTINCT host) AS hosts, max(lines) AS lines
        FROM memlake_code_ballots WHERE vote IS NOT NULL GROUP BY KEY, vote),
      minority AS (
        SELECT b.*, t.hosts AS hosts_same, g.hosts_majority, g.hosts_module, g.majority,
          array_join(filter(transform(sequence(0, 63),
            i -> IF(substring(t.lines, 2 * i + 1, 2) = substring(g.majority_lines, 2 * i + 1, 2),
              '', concat('0x', lower(hex(i * 64))))), line -> line <> ''), ' ') AS changed
        FROM memlake_code_ballots b
        JOIN tally t USING (module, size, timestamp, guid, rva, vote)
        JOIN memlake_code_pages g USING (module, size, timestamp, guid, rva)
        WHERE g.hosts_module >= %1$d AND g.hosts_majority * 3 >= g.hosts_module * 2
          AND b.vote <> g.majority),
      alike AS (
        SELECT KEY, changed, count(DISTINCT host) AS hosts
        FROM minority WHERE changed IS NOT NULL GROUP BY KEY, changed)
      SELECT m.host, m.image_id, CAST(m.confidence AS INT) AS confidence, m.pid, m.process, m.module,
        m.pdb_guid, m.timestamp, m.size, m.base, m.rva, m.va, m.page_hash,
        concat(IF(m.va < 0, 'kernel', concat('pid:', m.pid)), ':va:0x', lower(hex(m.va)))
          AS forensic_path, m.vote AS compared_hash,
        m.majority AS majority_hash, m.compared, m.changed AS changed_lines,
        CAST(m.hosts_same AS INT) AS hosts_same, CAST(a.hosts AS INT) AS hosts_alike,
        CAST(m.hosts_majority AS INT) AS hosts_majority,
        CAST(m.hosts_module AS INT) AS hosts_module,
        greatest(m.hosts_same, coalesce(a.hosts, 0)) >= 2
          AND greatest(m.hosts_same, coalesce(a.hosts, 0)) * 5 >= m.hosts_module AS fleet_wide
      FROM minority m LEFT JOIN alike a ON a.module = m.module AND a.size = m.size
        AND a.timestamp = m.timestamp AND a.guid = m.guid AND a.rva = m.rva
        AND a.changed = m.changed"""
          .replace("KEY", KEY);

  private static final String VOTES =
      """
      WITH page AS (
        SELECT g.module, g.size, g.timestamp, g.guid, g.rva, g.hosts, g.bases, g.contents,
          v.compared, v.hosts_module, v.hosts_majority
        FROM memlake_code_groups g
        LEFT JOIN memlake_code_pages v USING (module, size, timestamp, guid, rva))
      SELECT p.module, nullif(p.guid, '') AS pdb_guid, p.timestamp, p.size,
        CAST(max(p.hosts) AS INT) AS hosts, CAST(max(p.bases) AS INT) AS bases,
        count(*) AS pages,
        sum(CASE WHEN p.contents = 1 THEN 1 ELSE 0 END) AS pages_equal,
        sum(CASE WHEN p.contents > 1 AND p.hosts_module >= %1$d AND p.compared = 'bytes' THEN 1 ELSE 0 END)
          AS pages_bytes,
        sum(CASE WHEN p.contents > 1 AND p.hosts_module >= %1$d AND p.compared = 'relocated' THEN 1 ELSE 0 END)
          AS pages_relocated,
        sum(CASE WHEN p.contents > 1 AND p.hosts_module >= %1$d AND p.compared = 'no addresses' THEN 1 ELSE 0 END)
          AS pages_without_addresses,
        sum(CASE WHEN p.contents > 1 AND coalesce(p.hosts_module, 0) < %1$d THEN 1 ELSE 0 END)
          AS pages_not_compared,
        sum(CASE WHEN p.hosts_module >= %1$d AND p.hosts_majority * 3 < p.hosts_module * 2 THEN 1 ELSE 0 END)
          AS pages_without_majority,
        max(t.relocations_host) AS relocations_host
      FROM page p LEFT JOIN memlake_code_tables t ON t.module = p.module AND t.size = p.size
        AND t.timestamp = p.timestamp AND t.guid = p.guid
      GROUP BY p.module, p.guid, p.timestamp, p.size""";

  private CodeSql() {}

  /** Every page of code with the module that it belongs to. */
  static String placed(String caseId) {
    return PLACED.formatted("'" + caseId.replace("\\", "\\\\").replace("'", "\\'") + "'");
  }

  /** The pages of modules that enough hosts hold. */
  static String groups(int quorum) {
    return GROUPS.formatted(quorum);
  }

  /** One place for each content of a page that is not the same everywhere. */
  static String wanted(int limit) {
    return WANTED.formatted(limit);
  }

  static String ballots() {
    return BALLOTS;
  }

  /** What most hosts have. */
  static String pages() {
    return PAGES;
  }

  static String patches(int quorum) {
    return PATCHES.formatted(quorum);
  }

  static String votes(int quorum) {
    return VOTES.formatted(quorum);
  }
}
