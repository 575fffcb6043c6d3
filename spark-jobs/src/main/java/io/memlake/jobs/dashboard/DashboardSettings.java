package io.memlake.jobs.dashboard;

/**
 * What a dashboard shows and how.
 *
 * @param location the lake
 * @param caseId the case
 * @param port the port, 0 for any that is free
 * @param freeSql whether people may ask questions of their own
 * @param toolVersion the version that answers
 */
public record DashboardSettings(
    String location, String caseId, int port, boolean freeSql, String toolVersion) {}
