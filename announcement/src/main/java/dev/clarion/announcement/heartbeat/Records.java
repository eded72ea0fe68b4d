package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of records on the wire: the owners' names once, then the records, each with its length so that it may grow. */
public final class Records {
    /** Room for the fields that stand before the records in any message that has them. */
    private static final int ROOM = Datagrams.MAX_BODY - 24;

    private Records() {}

    /** Parts of the list that fit into a datagram each; at least one, if only an empty one. */
    public static List<List<OwnershipRecord>> pages(List<OwnershipRecord> records) {
        List<List<OwnershipRecord>> pages = new ArrayList<>();
        int from = 0;
        do {
            int to = from + fitting(records.subList(from, records.size()), ROOM);
            pages.add(records.subList(from, to));
            from = to;
        } while (from < records.size());
        return pages;
    }

    private static int fitting(List<OwnershipRecord> records, int room) {
        Map<String, Integer> names = new LinkedHashMap<>();
        int length = 3;
        int count = 0;
        for (OwnershipRecord record : records) {
            boolean known = names.containsKey(record.owner());
            length += size(record) + (known ? 0 : 1 + nameLength(record.owner()));
            if (length > room || (!known && names.size() == 255)) {
                break;
            }
            names.putIfAbsent(record.owner(), names.size());
            count++;
        }
        return count;
    }

    private static int nameLength(String name) {
        return Math.min(255, name.getBytes(StandardCharsets.UTF_8).length);
    }

    private static int size(OwnershipRecord record) {
        return 1 + 1 + record.address().family().bits() / 8 + 1 + 1 + 8 + 8;
    }

    /** Writes as many of the records as still fit. */
    static Writer write(Writer writer, List<OwnershipRecord> records) {
        List<OwnershipRecord> sent = records.subList(0, fitting(records, Datagrams.MAX_BODY - writer.length()));
        Map<String, Integer> names = new LinkedHashMap<>();
        sent.forEach(record -> names.putIfAbsent(record.owner(), names.size()));
        writer.u8(names.size());
        names.keySet().forEach(writer::text);
        writer.u16(sent.size());
        for (OwnershipRecord record : sent) {
            writer.u8(size(record) - 1)
                    .u8(record.address().family() == IpFamily.IPV6 ? 6 : 4)
                    .bytes(record.address().toBytes())
                    .u8(names.getOrDefault(record.owner(), 0))
                    .u8(record.released() ? 1 : 0)
                    .u64(record.epoch())
                    .u64(record.sinceMillis());
        }
        return writer;
    }

    static List<OwnershipRecord> read(Reader reader) throws Malformed {
        List<String> names = new ArrayList<>();
        for (int count = reader.u8(); count > 0; count--) {
            names.add(reader.text());
        }
        List<OwnershipRecord> records = new ArrayList<>();
        for (int count = reader.u16(); count > 0; count--) {
            records.add(one(reader.slice(reader.u8()), names));
        }
        return records;
    }

    private static OwnershipRecord one(Reader reader, List<String> names) throws Malformed {
        Ip address = address(reader);
        int owner = reader.u8();
        int flags = reader.u8();
        if (owner >= names.size()) {
            throw new Malformed();
        }
        return new OwnershipRecord(address, names.get(owner), reader.u64(), reader.u64(), (flags & 1) != 0);
    }

    static Ip address(Reader reader) throws Malformed {
        return switch (reader.u8()) {
            case 4 -> Ip.ofBytes(reader.take(4));
            case 6 -> Ip.ofBytes(reader.take(16));
            default -> throw new Malformed();
        };
    }

    static Writer addresses(Writer writer, List<Ip> addresses) {
        writer.u16(addresses.size());
        addresses.forEach(
                address -> writer.u8(address.family() == IpFamily.IPV6 ? 6 : 4).bytes(address.toBytes()));
        return writer;
    }

    static List<Ip> addresses(Reader reader) throws Malformed {
        List<Ip> addresses = new ArrayList<>();
        for (int count = reader.u16(); count > 0; count--) {
            addresses.add(address(reader));
        }
        return addresses;
    }
}
