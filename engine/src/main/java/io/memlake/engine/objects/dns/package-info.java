/**
 * Answers of name servers as the DNS client service keeps them: {@code DNS_RECORDW} of windns.h,
 * the same in every Windows, found in memory by what each of its fields can be.
 *
 * <p>Reads from: {@code paging}. Feeds: {@code artifacts.dns}.
 */
package io.memlake.engine.objects.dns;
