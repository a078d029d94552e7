package io.alexstream.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
 */
final class OrtStart {

    private static final Logger LOG = LoggerFactory.getLogger(OrtStart.class);

    /** Seen: 264 bytes a character; twice that, since another compiler may need more. */
    private static final long STACK_BYTES_A_CHARACTER = 512;

    /** For everything else that the environment's making needs; the JDK's own default is 1 MiB. */
    private static final long LEAST_STACK_BYTES = 8L << 20;

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private static @Nullable OrtEnvironment environment;

    private OrtStart() {}

    /** The environment; the first call makes it. Throws the errors of loading a native library. */
    static synchronized OrtEnvironment environment() {
        if (environment == null) {
            AtomicReference<@Nullable Error> failure = new AtomicReference<>();
            AtomicReference<@Nullable OrtEnvironment> made = new AtomicReference<>();
            Thread deep = new Thread(null, () -> make(made, failure), "onnxruntime-start", stackBytes());
            deep.start();
            await(deep);
            Error error = failure.get();
            if (error != null) {
                throw error;
            }
            if (comesWithTheJob()) {
                LOG.warn(
                        "ONNX Runtime comes with the job's own classes: each submission leaves a copy of its native library"
                                + " in this process. On a cluster that takes many, put the onnxruntime jar into Flink's lib/ and set"
                                + " classloader.parent-first-patterns.additional: ai.onnxruntime.");
            }
            environment = Objects.requireNonNull(made.get(), "ONNX Runtime was not started");
        }
        return environment;
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

    private static void make(AtomicReference<@Nullable OrtEnvironment> made, AtomicReference<@Nullable Error> failure) {
        try {
            OrtEnvironment environment = detached();
            environment.setTelemetry(false);
            made.set(environment);
        } catch (OrtException e) {
            failure.set(new ExceptionInInitializerError(e));
        } catch (Error e) {
            failure.set(e);
        }
    }

    /**
     * Makes it with nothing of ours on the stack. It registers a shutdown hook, which lives as long as the process, and a thread
     * keeps the context class loader and the access control context of its maker: of the first job that ran here, the class
     * loader would stay for ever (seen).
     */
    // Removal: JDKs that lose this method, from 24 on, keep no such context.
    @SuppressWarnings({"unchecked", "removal"})
    private static OrtEnvironment detached() {
        Thread.currentThread().setContextClassLoader(OrtEnvironment.class.getClassLoader());
        try {
            MethodHandle make = MethodHandles.publicLookup()
                    .findStatic(
                            OrtEnvironment.class,
                            "getEnvironment",
                            MethodType.methodType(OrtEnvironment.class, OrtLoggingLevel.class))
                    // What fails is thrown and said by us; the runtime would say it on stderr as well.
                    .bindTo(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
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
