package io.alexstream.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's environment, one a process, begun so that it can neither kill the JVM nor speak to strangers. Safe for
 * concurrent use: all under one lock.
 *
 * <p>ONNX Runtime 1.29.0 for Linux begins its telemetry with the environment and runs the process's whole command line
 * through {@code std::regex}, which recurses once a character: from 4,000 characters on it overran a stack of 1 MiB and ended
 * the JVM with SIGSEGV, without an {@code hs_err} file (seen; also vespa-engine/vespa pull request 37786). A TaskManager's
 * command line is that long. So the environment is made on a thread with a stack to match. The telemetry, which would send
 * its findings to Microsoft, is then switched off; {@code ORT_DISABLE_TELEMETRY=1} in the process's environment, which Java
 * cannot set itself, keeps it from beginning.
 *
 * <p>It begins with a pool of threads for sessions to share. So a session can be opened by a thread of low priority and yet serve
 * at the usual one: on Linux a thread inherits the priority of the one that starts it, for good.
 */
final class OrtStart {

    private static final Logger LOG = LoggerFactory.getLogger(OrtStart.class);

    /** Seen: 264 bytes a character; twice that, since another compiler may need more. */
    private static final long STACK_BYTES_A_CHARACTER = 512;

    /** For everything else that the environment's making needs; the JDK's own default is 1 MiB. */
    private static final long LEAST_STACK_BYTES = 8L << 20;

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    /** Tells those that come later with other classes of ours, but the same ONNX Runtime: a process has several where jobs bring it. */
    private static final String SHARED_THREADS =
            "io.alexstream.onnxruntime.threads." + System.identityHashCode(OrtEnvironment.class);

    private static @Nullable Started started;

    /** @param sharedThreads that share one operator of any session; 0 where others began it, without */
    private record Started(OrtEnvironment environment, int sharedThreads) {}

    private OrtStart() {}

    /**
     * The environment; the first call makes it. Throws the errors of loading a native library.
     *
     * @param threads for sessions to share, where this is the first call
     */
    static OrtEnvironment environment(int threads) {
        return started(threads).environment();
    }

    /** Whether sessions of so many threads share those of the environment; makes it, as {@link #environment} does. */
    static boolean shares(int threads) {
        return started(threads).sharedThreads() == threads;
    }

    private static synchronized Started started(int threads) {
        Started known = started;
        if (known == null) {
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            AtomicReference<@Nullable Started> made = new AtomicReference<>();
            Thread deep = new Thread(null, () -> make(threads, made, failure), "onnxruntime-start", stackBytes());
            deep.start();
            await(deep);
            Throwable failed = failure.get();
            if (failed instanceof Error error) {
                throw error;
            }
            if (failed != null) {
                throw new ExceptionInInitializerError(failed);
            }
            if (comesWithTheJob()) {
                LOG.warn(
                        "ONNX Runtime comes with the job's own classes: each submission leaves a copy of its native library"
                                + " and its threads in this process. On a cluster that takes many, put the onnxruntime jar into Flink's lib/ and set"
                                + " classloader.parent-first-patterns.additional: ai.onnxruntime.");
            }
            known = Objects.requireNonNull(made.get(), "ONNX Runtime was not started");
            started = known;
        }
        return known;
    }

    /** A class loader that is none of the JVM's own belongs to one submission, and its native library goes with neither. */
    private static boolean comesWithTheJob() {
        ClassLoader loader = OrtEnvironment.class.getClassLoader();
        for (ClassLoader own = ClassLoader.getSystemClassLoader(); own != null; own = own.getParent()) {
            if (own == loader) {
                return false;
            }
        }
        return true;
    }

    private static void make(
            int threads, AtomicReference<@Nullable Started> made, AtomicReference<@Nullable Throwable> failure) {
        try {
            Started fresh = detached(threads);
            fresh.environment().setTelemetry(false);
            made.set(fresh);
        } catch (Throwable e) {
            // Nobody hears of what this thread throws; who waits for it throws it again.
            failure.set(e);
        }
    }

    /**
     * Makes it with nothing of ours on the stack. It registers a shutdown hook, which lives as long as the process, and a thread
     * keeps the context class loader and the access control context of its maker: of the first job that ran here, the class
     * loader would stay for ever (seen).
     */
    private static Started detached(int threads) throws OrtException {
        Thread.currentThread().setContextClassLoader(OrtEnvironment.class.getClassLoader());
        try (OrtEnvironment.ThreadingOptions options = new OrtEnvironment.ThreadingOptions()) {
            options.setGlobalInterOpNumThreads(1);
            options.setGlobalIntraOpNumThreads(threads);
            // Idle threads would otherwise spin on the cores that decode (onnxruntime's default is to spin).
            options.setGlobalSpinControl(false);
            return shared(options, threads);
        }
    }

    private static Started shared(OrtEnvironment.ThreadingOptions options, int threads) {
        // Which making it takes as well, and which all classes of ours have in common: who waits for it finds the
        // number told.
        synchronized (OrtEnvironment.class) {
            try {
                OrtEnvironment environment = detached(options);
                if (!isKept()) {
                    return new Started(environment, 0);
                }
                System.setProperty(SHARED_THREADS, String.valueOf(threads));
                return new Started(environment, threads);
            } catch (IllegalStateException e) {
                if (e.getCause() != null) {
                    throw e;
                }
                return underWay();
            }
        }
    }

    /**
     * Takes a second reference on the environment, for good. The first is given back by the environment's own shutdown hook,
     * beside all others, and with the last one the shared threads would go while runs still use them: with {@link NativeCalls}
     * alone, 4 of 40 SIGTERMs in mid-run ended in SIGSEGV. What Java cannot ask for, its native method does: it counts.
     *
     * @return false where this is another ONNX Runtime, whose threads had better not be shared then
     */
    private static boolean isKept() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            create.setAccessible(true);
            create.invoke(
                    null,
                    api.getLong(null),
                    OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL.getValue(),
                    OrtEnvironment.DEFAULT_NAME);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info(
                    "Each model has threads of its own, and new versions load at the priority of serving: {}",
                    e.toString());
            return false;
        }
    }

    /** It has begun already: another submission of ours did it, where ONNX Runtime outlives them, or somebody else. */
    private static Started underWay() {
        int threads = Integer.getInteger(SHARED_THREADS, 0);
        if (threads == 0) {
            LOG.info(
                    "ONNX Runtime was started by others in this process: each model has threads of its own, and new versions load"
                            + " at the priority of serving");
        }
        return new Started(OrtEnvironment.getEnvironment(), threads);
    }

    // Removal: JDKs that lose this method, from 24 on, keep no such context.
    @SuppressWarnings({"unchecked", "removal"})
    private static OrtEnvironment detached(OrtEnvironment.ThreadingOptions options) {
        try {
            MethodHandle getEnvironment = MethodHandles.publicLookup()
                    .findStatic(
                            OrtEnvironment.class,
                            "getEnvironment",
                            MethodType.methodType(
                                    OrtEnvironment.class,
                                    OrtLoggingLevel.class,
                                    String.class,
                                    OrtEnvironment.ThreadingOptions.class));
            // What fails is thrown and said by us; the runtime would say it on stderr as well.
            MethodHandle make = MethodHandles.insertArguments(
                    getEnvironment, 0, OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, OrtEnvironment.DEFAULT_NAME, options);
            PrivilegedAction<OrtEnvironment> action =
                    MethodHandleProxies.asInterfaceInstance(PrivilegedAction.class, make);
            return Subject.doAsPrivileged(null, action, null);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new LinkageError("this is not the ONNX Runtime that AlexStream was built with", e);
        }
    }

    /** The native call cannot be interrupted, and takes half a second. */
    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long stackBytes() {
        try {
            return LEAST_STACK_BYTES + STACK_BYTES_A_CHARACTER * Files.readAllBytes(COMMAND_LINE).length;
        } catch (IOException e) {
            LOG.debug("No command line to read: {}", e.toString()); // not Linux
            return LEAST_STACK_BYTES;
        }
    }
}
