package io.alexstream.image;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Name look-ups that end with the fetch: the system's resolver can neither be given a time nor be interrupted, so it
 * runs in threads of its own, and a fetch stops waiting for it at its deadline. Safe for concurrent use.
 */
final class BoundedLookup implements AutoCloseable {

    /** The JVM caches answers for 30 s and few hosts are listed, so look-ups that wait are rare. */
    private static final int THREADS = 8;

    private final HostResolver resolver;
    private final ThreadPoolExecutor executor;

    BoundedLookup(HostResolver resolver) {
        this.resolver = resolver;
        this.executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.named("image-fetch-lookup"));
        executor.allowCoreThreadTimeOut(true);
    }

    InetAddress[] resolve(String host, OngoingFetch fetch) throws IOException, InterruptedException {
        FutureTask<InetAddress[]> task = new FutureTask<>(() -> resolver.resolve(host));
        try {
            executor.execute(task);
            InetAddress[] addresses = task.get(fetch.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (addresses.length == 0) {
                throw new UnknownHostException(host);
            }
            return addresses;
        } catch (TimeoutException e) {
            throw fetch.timedOut(e);
        } catch (RejectedExecutionException e) {
            throw new IOException("the image fetcher is closed", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof UnknownHostException unknown ? unknown : new IOException(e.getCause());
        } finally {
            task.cancel(true);
            executor.remove(task);
        }
    }

    /** A look-up that the system does not end keeps its thread until it does. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
