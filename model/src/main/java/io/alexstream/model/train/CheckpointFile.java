package io.alexstream.model.train;

import io.alexstream.contract.Json;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A training on the disk: a mark, the header as JSON, the weights, the momentum, a CRC-32C. Written aside and moved into place,
 * so that whoever is killed leaves the one before. Random numbers need no place in it: they are functions of seed and step.
 *
 * <p>Confined to the trainer's thread.
 */
final class CheckpointFile {

    /** "ASTRAIN1" in ASCII. */
    private static final long MARK = 0x4153545241494E31L;

    /** Values in one piece; 1 MiB of bytes. */
    private static final int CHUNK = 1 << 18;

    private final Path file;
    private final Path directory;

    CheckpointFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        this.directory = Objects.requireNonNull(this.file.getParent(), "a checkpoint is a file in a directory");
    }

    /**
     * What a checkpoint says beside its values.
     *
     * @param identity of the training, by the options that make it
     * @param step how many were made
     * @param tally of the current epoch
     * @param seconds of the current epoch
     * @param history of the epochs that are over
     */
    record Header(Map<String, String> identity, long step, Tally tally, double seconds, List<EpochFigures> history) {}

    Path path() {
        return file;
    }

    void write(Header header, Learner learner) {
        Path aside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(directory);
            try (FileOutputStream raw = new FileOutputStream(aside.toFile())) {
                CheckedOutputStream checked =
                        new CheckedOutputStream(new BufferedOutputStream(raw, 1 << 16), new CRC32C());
                DataOutputStream out = new DataOutputStream(checked);
                byte[] json = Json.toBytes(header);
                out.writeLong(MARK);
                out.writeInt(json.length);
                out.write(json);
                for (Parameter parameter : learner.trained()) {
                    write(out, parameter, learner.weights());
                    write(out, parameter, learner.momentum());
                }
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
                raw.getFD().sync();
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory();
        } catch (IOException e) {
            // The one before is still there; the space that this one took is not needed.
            aside.toFile().delete();
            throw new TrainingException(
                    "the checkpoint " + file + " cannot be written: " + e.getMessage()
                            + (Files.exists(file) ? "; the one before is kept, go on with it by --resume" : "")
                            + (Files.exists(aside, LinkOption.NOFOLLOW_LINKS) ? "; remove " + aside : ""),
                    e);
        }
    }

    private static void write(DataOutputStream out, Parameter parameter, Weights weights) throws IOException {
        Weights.ValueStream stream = weights.open(parameter);
        float[] chunk = new float[(int) Math.min(parameter.size(), CHUNK)];
        ByteBuffer bytes = ByteBuffer.allocate(chunk.length * Float.BYTES);
        for (long left = parameter.size(); left > 0; left -= chunk.length) {
            int count = (int) Math.min(left, chunk.length);
            stream.next(chunk, count);
            bytes.clear().asFloatBuffer().put(chunk, 0, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    /** A move is on the disk when its directory is; not every file system can be asked. */
    private void forceDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no directories; there the move itself is as durable as it gets.
        }
    }

    /**
     * Takes the state of the training over.
     *
     * @throws TrainingException where there is none, it is damaged, or it is of another training
     */
    Header restore(Map<String, String> identity, Learner learner) {
        if (!Files.isRegularFile(file)) {
            throw new TrainingException("there is no checkpoint " + file + " to resume from; leave --resume out");
        }
        try {
            requireWhole();
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK))) {
                in.readLong(); // the mark
                Header header = Json.fromBytes(in.readNBytes(in.readInt()), Header.class);
                requireSame(identity, header.identity());
                for (Parameter parameter : learner.trained()) {
                    learner.restoreWeight(parameter, values(in));
                    learner.restoreMomentum(parameter, values(in));
                }
                return header;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new TrainingException("the checkpoint " + file + " cannot be read: " + e, e);
        }
    }

    /** Before anything in it is believed: what a damaged header says would be another training, or no end of bytes. */
    private void requireWhole() throws IOException {
        long left = Files.size(file) - 2 * Long.BYTES;
        try (CheckedInputStream checked = new CheckedInputStream(Files.newInputStream(file), new CRC32C());
                DataInputStream in = new DataInputStream(checked)) {
            if (left < 0 || in.readLong() != MARK) {
                throw damaged("it does not begin like one");
            }
            byte[] chunk = new byte[CHUNK];
            for (int count; left > 0; left -= count) {
                count = (int) Math.min(left, chunk.length);
                in.readFully(chunk, 0, count);
            }
            long expected = checked.getChecksum().getValue();
            if (in.readLong() != expected) {
                throw damaged("its checksum is wrong");
            }
        }
    }

    private void requireSame(Map<String, String> now, Map<String, String> then) {
        for (Map.Entry<String, String> entry : now.entrySet()) {
            String before = then.get(entry.getKey());
            if (!entry.getValue().equals(before)) {
                throw new TrainingException("the checkpoint " + file + " is of another training: " + entry.getKey()
                        + " differ"
                        + (entry.getKey().startsWith("--") || !entry.getKey().endsWith("s") ? "s" : "")
                        + " (" + before + " then, " + entry.getValue()
                        + " now); give the same options, or delete it to begin anew");
            }
        }
    }

    private static Weights.ValueStream values(DataInputStream in) {
        return (into, count) -> {
            try {
                byte[] bytes = new byte[count * Float.BYTES];
                in.readFully(bytes);
                ByteBuffer.wrap(bytes).asFloatBuffer().get(into, 0, count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private TrainingException damaged(String why) {
        return new TrainingException("the checkpoint " + file + " is damaged (" + why + "); delete it to begin anew");
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new TrainingException("the checkpoint " + file + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
