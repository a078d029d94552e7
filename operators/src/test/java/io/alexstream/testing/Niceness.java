package io.alexstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux says of threads' priorities: 0 is the usual one, 19 the lowest. */
public final class Niceness {

    /** Counted from 0, behind the name in parentheses: proc_pid_stat(5) counts from 1 and the two before it. */
    private static final int FIELD = 16;

    private Niceness() {}

    /** What a load beside serving has, where serving has this. */
    public static int lowered(int usual) {
        return Math.min(19, usual + 15);
    }

    public static int ofThisThread() {
        return in(stat(Path.of("/proc/thread-self")).orElseThrow());
    }

    /** The names of this process's threads, ONNX Runtime's among them, that have not this niceness. */
    public static List<String> otherThan(int niceness) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.flatMap(thread -> stat(thread).stream())
                    .filter(stat -> in(stat) != niceness)
                    .map(stat -> stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int in(String stat) {
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[FIELD]);
    }

    /** Empty where the thread has ended. */
    private static Optional<String> stat(Path thread) {
        try {
            return Optional.of(Files.readString(thread.resolve("stat")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
