/**
 * Access tokens: who a process or thread acts as, in which groups and with which privileges.
 *
 * <p>Reads from: {@code kernel}, {@code objects.value}. Feeds: {@code objects.handle}, {@code
 * artifacts}. Reference: public kernel symbols ({@code _TOKEN}, {@code
 * _SEP_LOGON_SESSION_REFERENCES}); MS-DTYP 2.4.2.4 for the names of SIDs; winnt.h for privileges.
 */
package io.memlake.engine.objects.token;
