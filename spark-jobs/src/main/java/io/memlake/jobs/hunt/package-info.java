/**
 * The hunt: indicators, YARA and Sigma rules over the hosts of a case, and the findings that
 * follow.
 *
 * <p>Reads from: a lake; evidence again only where bytes are asked for. Feeds: {@code ioc_matches},
 * {@code yara_matches}, {@code sigma_matches}, {@code findings}, {@code hunt_coverage}.
 */
package io.memlake.jobs.hunt;
