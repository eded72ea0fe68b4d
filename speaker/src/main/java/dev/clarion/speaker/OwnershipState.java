package dev.clarion.speaker;

import dev.clarion.announcement.ownership.Ownership;
import dev.clarion.net.Ip;
import java.util.SortedMap;

/**
 * What the ownership thread shows to others. Immutable, as the core is.
 *
 * @param core the core after its last turn
 * @param decisions grows when owners, reasons or answers may have changed
 * @param joined it has asked who owns what at least once in this run
 * @param foreign addresses that foreign hosts have
 */
record OwnershipState(Ownership core, long decisions, boolean joined, SortedMap<Ip, FirstUse.Foreign> foreign) {}
