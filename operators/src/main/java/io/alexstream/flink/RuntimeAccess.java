package io.alexstream.flink;

import io.alexstream.image.DecoderUnavailableException;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ServedVersion;
import io.alexstream.serving.ServingRuntime;
import io.alexstream.serving.ServingRuntimeFactory;
import io.alexstream.serving.SharedRuntimes;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.jspecify.annotations.Nullable;

/**
 * How the functions of a subtask come to their process's runtime: the options travel with the job, the runtime is made or
 * found where the subtask opens.
 */
final class RuntimeAccess implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Name of Flink's external resource for graphics cards: external-resources: gpu. */
    private static final String GPU = "gpu";

    private final Configuration options;
    private final Sessions sessions;

    RuntimeAccess(Configuration options, Sessions sessions) {
        this.options = options;
        this.sessions = sessions;
    }

    /** How sessions are opened: ONNX Runtime, but in tests. */
    interface Sessions extends Serializable {

        /** ONNX Runtime's sessions. */
        Sessions ONNX = OnnxSessionFactory::new;

        SessionFactory factory(SessionOptions options);
    }

    /**
     * Makes or finds the process's runtime. The caller closes what it gets.
     *
     * @throws SuppressRestartsException where trying again cannot help: Flink's default restart strategy never gives up
     */
    Opened open(RuntimeContext context) {
        Object key = new Key(context.getJobInfo().getJobId(), options.toMap());
        ClassificationConfig config = ClassificationConfig.from(options, temporaryFolder(context));
        List<SessionFactory> devices = onDevices(config.serving().sessions(), context).stream()
                .map(sessions::factory)
                .toList();
        return mappingFaults(() -> new Opened(
                SharedRuntimes.acquire(key, () -> ServingRuntimeFactory.start(config.serving(), devices)),
                config.serving().modelPackage(),
                config.serving().sessions().preference()));
    }

    private static <R> R mappingFaults(Supplier<R> action) {
        try {
            return action.get();
        } catch (ModelLoadException e) {
            if (e.isPermanent()) {
                throw new SuppressRestartsException(e);
            }
            throw e;
        } catch (DecoderUnavailableException e) {
            throw new SuppressRestartsException(e);
        } catch (InferenceException e) {
            if (e.kind() == InferenceException.Kind.PROVIDER_UNAVAILABLE) {
                throw new SuppressRestartsException(e);
            }
            throw e;
        }
    }

    private static Path temporaryFolder(RuntimeContext context) {
        if (context instanceof StreamingRuntimeContext streaming) {
            return Path.of(streaming.getTaskManagerRuntimeInfo().getTmpDirectories()[0]);
        }
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** One a graphics card that Flink gives to the TaskManager (it shows all of them to every subtask), else just one. */
    static List<SessionOptions> onDevices(SessionOptions options, RuntimeContext context) {
        List<SessionOptions> devices = context.getExternalResourceInfos(GPU).stream()
                .flatMap(gpu -> gpu.getProperty("index").stream())
                .map(Integer::valueOf)
                .sorted()
                .map(index -> new SessionOptions(options.preference(), options.intraOpThreads(), index, options.cuda()))
                .toList();
        return devices.isEmpty() || options.preference() == SessionOptions.Preference.CPU ? List.of(options) : devices;
    }

    /**
     * A runtime in use by one operator of one subtask.
     *
     * @param modelPackage what serves where nothing else is known
     * @param asked the execution provider that was asked for
     */
    record Opened(SharedRuntimes.Handle handle, String modelPackage, SessionOptions.Preference asked)
            implements AutoCloseable {

        ServingRuntime runtime() {
            return handle.runtime();
        }

        /**
         * Waits until a model is current.
         *
         * @param restored what was served before, or null
         * @throws SuppressRestartsException where trying again cannot help
         */
        void begin(@Nullable ServedVersion restored) {
            mappingFaults(() -> {
                runtime().begin(modelPackage, restored);
                return this;
            });
        }

        @Override
        public void close() {
            handle.close();
        }
    }

    /** A job's runtimes are its own, also on a TaskManager that runs several jobs, or one job with several operators. */
    private record Key(Object jobId, Object options) {}
}
