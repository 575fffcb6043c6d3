-- Modules of processes, with the headers of modules.csv of MemProcFS.
-- PdbSymbolServer is left out: the table names no server.
-- tables: modules
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  process AS "Process",
  name AS "Name",
  wow64 AS "Wow64",
  size AS "Size",
  base AS "Start", -- hex
  base + size - 1 AS "End", -- hex
  imports AS "#Imports",
  exports AS "#Exports",
  sections AS "#Sections",
  path AS "Path",
  mapped_path AS "KernelPath",
  ver_company AS "VerCompanyName",
  ver_description AS "VerFileDescription",
  ver_file AS "VerFileVersion",
  ver_internal_name AS "VerInternalName",
  ver_copyright AS "VerLegalCopyright",
  ver_original_name AS "VerOriginalFilename",
  ver_product AS "VerProductName",
  ver_product_version AS "VerProductVersion",
  pdb_name AS "PdbPath",
  pdb_age AS "PdbAge",
  pdb_guid AS "PdbHexGUID"
FROM modules
