/**
 * Credentials that the registry holds: hashes of local accounts, secrets of the local security
 * authority, cached domain logons. Nothing here runs unless the user asks for secrets.
 *
 * <p>Reads from: {@code artifacts.registry}. Feeds: the jobs. Reference: the schemes as public
 * tools describe them, samdump2 and creddump7.
 */
package io.memlake.engine.artifacts.secret;
