package io.alexstream.testing;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.SessionFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Opens fake sessions, counts them, and lets a test decide what happens in a run. Safe for concurrent use. */
public final class FakeSessions implements SessionFactory {

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<String> misuses = new CopyOnWriteArrayList<>();
    private final List<Integer> runs = new CopyOnWriteArrayList<>();
    private volatile IntConsumer beforeRun = count -> {};
    private volatile Consumer<Path> beforeOpen = model -> {};
    private volatile ExecutionProvider provider = ExecutionProvider.CPU;
    private volatile boolean sharesThreads = true;

    @Override
    public InferenceSession open(Path model) {
        beforeOpen.accept(model);
        int side = FakePackages.side(model);
        opened.incrementAndGet();
        return new FakeInferenceSession(new ModelSignature(side, side, 3), this);
    }

    @Override
    public boolean sharesThreads() {
        return sharesThreads;
    }

    public void sharesThreads(boolean value) {
        sharesThreads = value;
    }

    /** Called with the graph's file before a session is opened; may wait or throw. */
    public void onOpen(Consumer<Path> action) {
        beforeOpen = action;
    }

    /** Called with the batch's size at the start of each run; may wait or throw. */
    public void onRun(IntConsumer action) {
        beforeRun = action;
    }

    public void provider(ExecutionProvider value) {
        provider = value;
    }

    ExecutionProvider provider() {
        return provider;
    }

    void beforeRun(int count) {
        runs.add(count);
        beforeRun.accept(count);
    }

    void closed() {
        closed.incrementAndGet();
    }

    InferenceException misused(String how) {
        misuses.add(how);
        return InferenceException.internal(how, null);
    }

    public int opened() {
        return opened.get();
    }

    /** Sessions that are open now. */
    public int open() {
        return opened.get() - closed.get();
    }

    /** The sizes of all runs so far, warm-up and checks included. */
    public List<Integer> runs() {
        return runs;
    }

    /** What ONNX Runtime would have crashed on. */
    public List<String> misuses() {
        return misuses;
    }
}
