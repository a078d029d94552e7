package io.alexstream.model.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code model import}: a foreign ONNX classifier as a package. */
@Command(name = "import", description = "Wraps a foreign ONNX classifier as a package.")
public final class ImportCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new UnsupportedOperationException("import");
    }
}
