/**
 * The panels live in a browser: a web server on the loopback address that only reads. It answers
 * whoever has the token, and questions that it knows; others only where the user allowed them.
 *
 * <p>Reads from: panels, a lake, and the evidence it names for single pages. Feeds: people.
 */
package io.memlake.jobs.dashboard;
