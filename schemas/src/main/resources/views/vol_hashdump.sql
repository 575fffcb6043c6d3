-- Hashes of local accounts, with the columns of windows.hashdump of Volatility 3.
-- tables: hashdump
SELECT
  case_id AS "case_id",
  host AS "host",
  user_name AS "User",
  rid AS "rid",
  coalesce(lm_hash, 'aad3b435b51404eeaad3b435b51404ee') AS "lmhash",
  coalesce(nt_hash, '31d6cfe0d16ae931b73c59d7e0c089c0') AS "nthash"
FROM hashdump
