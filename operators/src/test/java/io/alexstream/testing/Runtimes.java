package io.alexstream.testing;

import io.alexstream.inference.SessionFactory;
import io.alexstream.serving.ServingConfig;
import io.alexstream.serving.ServingRuntime;
import io.alexstream.serving.ServingRuntimeFactory;
import java.util.List;

/** Runtimes that serve already. */
public final class Runtimes {

    private Runtimes() {}

    /** Serves the configuration's package. The caller closes. */
    public static ServingRuntime begun(ServingConfig config, List<SessionFactory> devices) {
        ServingRuntime runtime = ServingRuntimeFactory.start(config, devices);
        try {
            runtime.begin(config.modelPackage(), null);
            return runtime;
        } catch (Throwable t) {
            runtime.close();
            throw t;
        }
    }
}
