package io.alexstream.model.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * On a store without rename and without exclusive create, that shows every object as soon as it is written (S3, GCS and Azure do):
 * each writes a claim of its own into the version's folder, then looks who else is there. Whoever sees anything but its own
 * claim goes on to the next number.
 *
 * <p>INVARIANT: of two that claim one number, the one that wrote later looks after both claims are there, and so does not keep
 * it. Both may see each other: then nobody keeps it, and both go on, each after a pause of its own, or they might do so for ever.
 *
 * <p>One object belongs to one publisher and to one thread.
 */
final class ObjectStoreProtocol implements RepositoryProtocol {

    static final String CLAIM = "CLAIM-";

    /** Some round trips to a store (about 50 ms each), so that two seldom meet again. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

    private final FileSystem files;
    private final String claim = CLAIM + UUID.randomUUID();
    private final Runnable pause;

    ObjectStoreProtocol(FileSystem files) {
        this(files, () -> LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos())));
    }

    /** @param pause waits a random time after a collision */
    ObjectStoreProtocol(FileSystem files, Runnable pause) {
        this.files = files;
        this.pause = pause;
    }

    @Override
    public boolean take(Path version) throws IOException {
        if (!PackageRepository.list(files, version).isEmpty()) {
            return false;
        }
        files.mkdirs(version); // nothing on a store; a folder on HDFS
        Path own = new Path(version, claim);
        write(own, claim.getBytes(StandardCharsets.UTF_8));
        List<String> there = PackageRepository.list(files, version);
        if (there.equals(List.of(claim))) {
            return true;
        }
        // Given up already: that it is gone can mislead nobody.
        files.delete(own, false);
        pause.run();
        return false;
    }

    @Override
    public void commit(Path version, byte[] manifest) throws IOException {
        write(new Path(version, PackageRepository.MANIFEST), manifest);
        try {
            files.delete(new Path(version, claim), false);
        } catch (IOException | RuntimeException e) {
            // The package stands; a claim that is left in it means nothing any more.
        }
    }

    /** Only its own object: another's claim may lie beside it by now. */
    @Override
    public void release(Path version) throws IOException {
        files.delete(new Path(version, claim), false);
    }

    private void write(Path path, byte[] content) throws IOException {
        try (OutputStream out = files.create(path, FileSystem.WriteMode.OVERWRITE)) {
            out.write(content);
        }
    }
}
