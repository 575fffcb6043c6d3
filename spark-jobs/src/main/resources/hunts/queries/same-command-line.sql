-- Command lines that are the same, letter by letter, on two to five hosts: what was typed or sent more than once.
-- tables: processes
SELECT p.command_line, s.hosts, p.host, p.image_file_name, p.pid
FROM processes p JOIN (SELECT case_id, command_line, count(DISTINCT host) AS hosts FROM processes WHERE length(command_line) > 20
  GROUP BY case_id, command_line) s ON s.case_id = p.case_id AND s.command_line = p.command_line
WHERE s.hosts BETWEEN 2 AND 5
ORDER BY s.hosts, p.command_line, p.host, p.pid
