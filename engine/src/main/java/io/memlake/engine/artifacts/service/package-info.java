/**
 * The table {@code services}.
 *
 * <p>Reads from: {@code objects.service}, {@code artifacts.process}.
 */
package io.memlake.engine.artifacts.service;
