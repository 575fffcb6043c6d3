-- Accounts of the same name and security identifier that several hosts know with a local profile.
-- tables: users
SELECT lower(user_name) AS user_name, sid, count(DISTINCT host) AS hosts, min(host) AS first_host
FROM users WHERE sid IS NOT NULL AND user_name IS NOT NULL GROUP BY lower(user_name), sid HAVING count(DISTINCT host) > 1
ORDER BY hosts DESC, user_name, sid
