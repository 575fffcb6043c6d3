/**
 * Images compressed by gzip, read at any place.
 *
 * <p>A gzip file is one long stream in which nothing can be found without decoding all before it.
 * So it is decoded once, when the index is built, and places are noted from which decoding can
 * start again; an executor then decodes no more than the span between two such places.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code image.wrapper}. Reference: RFC 1951 and RFC 1952.
 */
package io.memlake.engine.image.wrapper.gzip;
