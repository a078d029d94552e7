package io.alexstream.model.publish;

import io.alexstream.contract.InputSpec;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.export.Progress;
import io.alexstream.serving.GoldenCheck;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Asks of a package what a job will ask before it serves it: manifest, checksum of every file, signature and golden frames, on
 * this machine's CPU. Safe for concurrent use: it has no state of its own.
 */
public final class PackageCheck {

    private final SessionFactory sessions;

    /** @param sessions run the golden frames */
    public PackageCheck(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Checks on the CPU with all cores. */
    public static PackageCheck onCpu() {
        return new PackageCheck(
                new OnnxSessionFactory(SessionOptions.cpu(Runtime.getRuntime().availableProcessors())));
    }

    /**
     * Checks one package.
     *
     * @param uri as {@link PackageLocation#uri} makes it
     * @param directory an empty local folder for its copy; the caller removes it
     * @throws ModelLoadException where it is missing, damaged, or fails its golden check
     * @throws PublishException where it does not run or does not fit its manifest
     */
    public CheckedPackage check(String uri, Path directory, Progress progress) throws IOException {
        String step = "checking the package";
        progress.report(step, 0, 2);
        ModelPackage modelPackage = new ModelRepository().fetch(uri, null, directory);
        byte[] manifest = manifest(uri, modelPackage.ref().sha256());
        progress.report(step, 1, 2);
        try (InferenceSession session = sessions.open(modelPackage.model())) {
            requireFit(modelPackage, session.signature());
            GoldenCheck.check(modelPackage, session);
        } catch (InferenceException e) {
            throw new PublishException("model package " + uri + ": " + e.getMessage(), e);
        }
        progress.report(step, 2, 2);
        return new CheckedPackage(modelPackage, manifest);
    }

    private static byte[] manifest(String uri, String sha256) throws IOException {
        var path = new org.apache.flink.core.fs.Path(uri + "/" + PackageRepository.MANIFEST);
        try (InputStream in = path.getFileSystem().open(path)) {
            byte[] bytes = in.readAllBytes();
            if (!PackageFiles.sha256(bytes).equals(sha256)) {
                throw new PublishException("model package " + uri + " changes while it is read; publish it again");
            }
            return bytes;
        }
    }

    private static void requireFit(ModelPackage modelPackage, ModelSignature signature) {
        InputSpec input = modelPackage.manifest().input();
        int labels = modelPackage.manifest().labels().size();
        if (signature.height() != input.height() || signature.width() != input.width()) {
            throw new PublishException("model package " + modelPackage.ref().uri() + ": the graph takes "
                    + signature.height() + " x " + signature.width() + " frames, the manifest says " + input.height()
                    + " x " + input.width() + "; make the package again");
        }
        if (signature.topK() > labels) {
            throw new PublishException("model package " + modelPackage.ref().uri() + ": the graph answers "
                    + signature.topK() + " classes a frame, the package has " + labels
                    + " labels; make the package again");
        }
    }
}
