-- Threads, with the headers of threads.csv of MemProcFS.
-- tables: threads
SELECT
  case_id AS "case_id",
  host AS "host",
  pid AS "PID",
  tid AS "TID",
  ethread AS "ETHREAD", -- hex
  state AS "State",
  wait_reason AS "WaitReason",
  create_time AS "CreateTime",
  exit_time AS "ExitTime",
  CASE WHEN state = 'running' THEN 1 ELSE 0 END AS "Running",
  base_priority AS "BasePriority",
  priority AS "Priority",
  exit_status AS "ExitStatus",
  start_address AS "StartAddress", -- hex
  win32_start_address AS "Win32StartAddress", -- hex
  user_ip AS "IP", -- hex
  user_sp AS "SP", -- hex
  teb AS "TEB", -- hex
  stack_base_user AS "StackBaseUser", -- hex
  stack_limit_user AS "StackLimitUser", -- hex
  stack_base_kernel AS "StackBaseKernel", -- hex
  stack_limit_kernel AS "StackLimitKernel", -- hex
  trap_frame AS "TrapFrame", -- hex
  impersonation_token AS "ImpersonationToken" -- hex
FROM threads
