-- title: Hosts and techniques
-- about: Findings by host and ATT&CK technique. A cell filters the page.
-- section: overview
-- chart: heat
-- tables: findings
-- empty: No findings.
SELECT host, attack_technique, count(*) AS findings
FROM findings
GROUP BY host, attack_technique
ORDER BY host, attack_technique
