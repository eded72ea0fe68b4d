package dev.clarion.linux.flows.wire;

import dev.clarion.linux.flows.wire.Answer.Field;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The maps that kube-proxy keeps in nftables mode, in tables {@code ip kube-proxy} and {@code ip6 kube-proxy}: {@code type
 * ipv4_addr . inet_proto . inet_service : verdict}. One has an element for each address, protocol and port of a Service;
 * the other one an element for those of them whose traffic this node drops or refuses, because it has no endpoint for them:
 * with {@code externalTrafficPolicy: Local} none of its own (kubernetes: pkg/proxy/nftables/proxier.go).
 */
public enum ServiceMap {
    /** All that kube-proxy knows. */
    SERVICES("service-ips"),
    /** What has no endpoint here. */
    WITHOUT_ENDPOINT("no-endpoint-services");

    /** The multicast group that tells of changes (NFNLGRP_NFTABLES), as the mask that bind(2) takes. */
    public static final int GROUP = 1 << 6;

    private static final String TABLE = "kube-proxy";
    private static final int SUBSYSTEM = 10;
    private static final int NEW_TABLE = SUBSYSTEM << 8;
    private static final int DELETE_TABLE = SUBSYSTEM << 8 | 2;
    private static final int NEW_SET = SUBSYSTEM << 8 | 9;
    private static final int DELETE_SET = SUBSYSTEM << 8 | 11;
    private static final int NEW_ELEMENTS = SUBSYSTEM << 8 | 12;
    private static final int GET_ELEMENTS = SUBSYSTEM << 8 | 13;
    private static final int DELETE_ELEMENTS = SUBSYSTEM << 8 | 14;
    private static final int NEW_GENERATION = SUBSYSTEM << 8 | 15;
    private static final int FIXED = 4;
    private static final byte FAMILY_IPV4 = 2;
    private static final byte FAMILY_IPV6 = 10;

    private static final int TABLE_NAME = 1;
    private static final int SET_TABLE = 1;
    private static final int SET_NAME = 2;
    private static final int LIST_TABLE = 1;
    private static final int LIST_SET = 2;
    private static final int LIST_ELEMENTS = 3;
    private static final int ELEMENT_KEY = 1;
    private static final int VALUE = 1;

    private final String name;

    ServiceMap(String name) {
        this.name = name;
    }

    /**
     * What the map is looked up by.
     *
     * @param address of a Service
     * @param protocol as IP numbers them
     * @param port 1 to 65535
     */
    public record Key(Ip address, int protocol, int port) {}

    /** What a message says of the maps. */
    public sealed interface News {
        /**
         * There are elements that were not there.
         *
         * @param map that has them
         * @param keys theirs
         */
        record Added(ServiceMap map, Set<Key> keys) implements News {}

        /**
         * Elements are gone.
         *
         * @param map that had them
         * @param keys theirs
         */
        record Removed(ServiceMap map, Set<Key> keys) implements News {}

        /** What was told since the last such news is in force. Up to here it is not to be looked at: it comes in pieces. */
        record InForce() implements News {}

        /** A map or its table is new, or gone: what is in it is to be read afresh. */
        record Renewed() implements News {}
    }

    /** Asks for all elements of one family; refused with ENOENT if kube-proxy keeps no such map here. */
    public byte[] list(IpFamily family, int sequence) {
        return new RequestWriter()
                .message(GET_ELEMENTS, RequestWriter.F_DUMP, sequence)
                .bytes(
                        switch (family) {
                            case IPV4 -> FAMILY_IPV4;
                            case IPV6 -> FAMILY_IPV6;
                        },
                        (byte) 0,
                        (byte) 0,
                        (byte) 0)
                .text(LIST_TABLE, TABLE)
                .text(LIST_SET, name)
                .done();
    }

    /** What a message says; empty if it is about something else. Never throws, whatever the bytes are. */
    public static Optional<News> read(Answer answer) {
        if (answer.to() - answer.from() < FIXED) {
            return Optional.empty();
        }
        return switch (answer.type()) {
            case NEW_TABLE, DELETE_TABLE -> is(answer, TABLE_NAME, TABLE) ? renewed() : Optional.empty();
            case NEW_SET, DELETE_SET -> map(answer, SET_TABLE, SET_NAME).flatMap(map -> renewed());
            case NEW_GENERATION -> Optional.of(new News.InForce());
            case NEW_ELEMENTS -> map(answer, LIST_TABLE, LIST_SET).map(map -> new News.Added(map, keys(answer)));
            case DELETE_ELEMENTS -> map(answer, LIST_TABLE, LIST_SET).map(map -> new News.Removed(map, keys(answer)));
            default -> Optional.empty();
        };
    }

    /** The family whose table a message is about. It has a body. */
    public static Optional<IpFamily> family(Answer answer) {
        return switch (answer.bytes().get(answer.from())) {
            case FAMILY_IPV4 -> Optional.of(IpFamily.IPV4);
            case FAMILY_IPV6 -> Optional.of(IpFamily.IPV6);
            default -> Optional.empty();
        };
    }

    /** Counts the transactions of nf_tables, modulo 65536: of which one a message tells. It has a body. */
    public static short generation(Answer answer) {
        int high = answer.bytes().get(answer.from() + 2) & 0xff;
        int low = answer.bytes().get(answer.from() + 3) & 0xff;
        return (short) ((high << 8) | low);
    }

    private static Optional<News> renewed() {
        return Optional.of(new News.Renewed());
    }

    /** Which of the maps a message is about. */
    private static Optional<ServiceMap> map(Answer answer, int table, int set) {
        if (is(answer, table, TABLE)) {
            for (ServiceMap map : values()) {
                if (is(answer, set, map.name)) {
                    return Optional.of(map);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean is(Answer answer, int attribute, String name) {
        return answer.find(FIXED, attribute).is((name + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    private static Set<Key> keys(Answer answer) {
        Set<Key> keys = new HashSet<>();
        for (Field element : answer.find(FIXED, LIST_ELEMENTS).each()) {
            Field key = element.find(ELEMENT_KEY).find(VALUE);
            // Each part of a concatenation is filled up to four bytes.
            int address = key.length() - 8;
            if (address == 4 || address == 16) {
                keys.add(
                        new Key(key.ip(0, address), key.bytes().get(key.at() + address) & 0xff, key.port(address + 4)));
            }
        }
        return keys;
    }
}
