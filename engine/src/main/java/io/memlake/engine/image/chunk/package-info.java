/**
 * Streams that containers store in compressed pieces, each of which decodes by itself.
 *
 * <p>The table of pieces is made once, when the container is indexed; any executor then reads any
 * place by decoding one piece.
 *
 * <p>Reads from: {@code bytes}, {@code compression}. Feeds: the containers {@code avml}, {@code
 * aff4}, {@code ewf} and others.
 */
package io.memlake.engine.image.chunk;
