/**
 * A standalone Spark cluster on this machine, for trying what a cluster does: a master and workers
 * in processes of their own, started from the jars that Memlake runs with. It listens on loopback
 * only and wants a secret, because whoever may submit work runs as the user who started it.
 */
package io.memlake.jobs.cluster;
