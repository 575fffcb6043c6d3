/**
 * From what the user names to evidence sets: one host each, with its image, its page files and its
 * symbols. Files, folders, patterns and manifests, on any file system. Nothing is copied, nothing
 * is changed.
 */
package io.memlake.jobs.evidence;
