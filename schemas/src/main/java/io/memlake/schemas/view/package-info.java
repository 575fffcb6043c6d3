/**
 * Tables under the column names of other tools, as portable SQL: {@link
 * io.memlake.schemas.view.Views} is the register.
 *
 * <p>Reads from: {@code src/main/resources/views}. Feeds: SQL sessions of the jobs, and the
 * statements that a lake carries for other engines.
 */
package io.memlake.schemas.view;
