/**
 * Addresses as values: {@code Ip}, {@code Prefix}, {@code IpRange}, {@code AddressSet} and {@code Mac}. Immutable,
 * strict in what they parse, free of {@code java.net} and of every other dependency, so that each room of the house
 * can use them.
 */
@NullMarked
package dev.clarion.net;

import org.jspecify.annotations.NullMarked;
