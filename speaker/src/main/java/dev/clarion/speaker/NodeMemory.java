package dev.clarion.speaker;

import dev.clarion.bgp.RestartRecord;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept on the node, so that a speaker can start while the API is away and knows who owned what, and which BGP sessions there were: three files in a
 * directory that only root may enter. Written at most once a second, and only what changed; a file is there whole, or as
 * it was before. Holds no Secret.
 */
final class NodeMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMemory.class);

    static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path directory;
    private final Path knownFile;
    private final Path ownersFile;
    private final Path sessionsFile;
    private final Supplier<Optional<Known>> known;
    private final Supplier<Optional<Kept>> owners;
    private final Supplier<Optional<RestartRecord>> sessions;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Known writtenKnown;
    private @Nullable Kept writtenOwners;
    private @Nullable RestartRecord writtenSessions;
    private volatile Optional<String> problem = Optional.empty();

    /**
     * Made, not started.
     *
     * @param directory made if it is not there
     * @param node several speakers of a test may share a directory
     * @param known what the API says, once it was seen
     * @param owners who owns what, once that is known
     * @param sessions the BGP sessions that a restart must know of, once that is known
     */
    NodeMemory(
            Path directory,
            String node,
            Supplier<Optional<Known>> known,
            Supplier<Optional<Kept>> owners,
            Supplier<Optional<RestartRecord>> sessions) {
        this.directory = directory;
        this.knownFile = directory.resolve(node + "-cluster.json");
        this.ownersFile = directory.resolve(node + "-owners.json");
        this.sessionsFile = sessionsFile(directory, node);
        this.known = known;
        this.owners = owners;
        this.sessions = sessions;
        this.thread = Thread.ofVirtual().name("node-memory").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What the API said, in an earlier run. */
    static Optional<Known> known(Path directory, String node) {
        return read(directory.resolve(node + "-cluster.json"), KnownForm::read);
    }

    /** Who owned what, in an earlier run. */
    static Kept owners(Path directory, String node) {
        return read(directory.resolve(node + "-owners.json"), SnapshotForm::read)
                .orElse(Kept.NOTHING);
    }

    /** The BGP sessions of an earlier run. */
    static Optional<RestartRecord> sessions(Path directory, String node) {
        try {
            return RestartRecord.decode(Files.readString(sessionsFile(directory, node)));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Path sessionsFile(Path directory, String node) {
        return directory.resolve(node + "-bgp.txt");
    }

    private static <T> Optional<T> read(Path file, Function<Leaf, T> form) {
        try {
            String text = Files.readString(file);
            return Optional.of(form.apply(Leaf.of(new KubernetesSerialization().unmarshal(text, Map.class))));
        } catch (NoSuchFileException first) {
            return Optional.empty();
        } catch (IOException | RuntimeException unusable) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", unusable.getMessage())
                    .log("what was kept on the node cannot be used");
            return Optional.empty();
        }
    }

    private void run() {
        try {
            while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                keep(owners.get());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why nothing can be kept, in words. */
    Optional<String> problem() {
        return problem;
    }

    /**
     * Ends, and writes what there is to write.
     *
     * @param last who owns what at the end of this run
     */
    void close(Optional<Kept> last) {
        stop.countDown();
        try {
            thread.join(PAUSE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        keep(last);
    }

    @Override
    public void close() {
        close(Optional.empty());
    }

    private synchronized void keep(Optional<Kept> snapshot) {
        try {
            Optional<Known> seen = known.get();
            if (seen.isPresent() && !seen.get().equals(writtenKnown)) {
                write(knownFile, KnownForm.write(seen.get()));
                writtenKnown = seen.get();
            }
            if (snapshot.isPresent() && !snapshot.get().equals(writtenOwners)) {
                write(ownersFile, SnapshotForm.write(snapshot.get()));
                writtenOwners = snapshot.get();
            }
            Optional<RestartRecord> held = sessions.get();
            if (held.isPresent() && !held.get().equals(writtenSessions)) {
                write(sessionsFile, held.get().encode());
                writtenSessions = held.get();
            }
            problem = Optional.empty();
        } catch (IOException | RuntimeException refused) {
            String why =
                    "nothing can be kept in " + directory + ": " + refused + " (mount a directory of the node there)";
            if (problem.isEmpty()) {
                LOG.warn("{}", why);
            }
            problem = Optional.of(why);
        }
    }

    private void write(Path file, Map<String, Object> tree) throws IOException {
        write(file, Tree.json(tree));
    }

    private void write(Path file, String text) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
