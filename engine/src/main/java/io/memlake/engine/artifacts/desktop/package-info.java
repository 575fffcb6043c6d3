/**
 * The table {@code desktops}: window stations and desktops by directory, handles and pool scan.
 *
 * <p>Reads from: {@code objects.object}, {@code objects.pool}, {@code artifacts.handle}, {@code
 * artifacts.session}.
 */
package io.memlake.engine.artifacts.desktop;
