package io.alexstream.model.publish;

import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import java.nio.file.Path;

/**
 * A finished package.
 *
 * @param directory where it lies, absolute
 * @param ref what a job is told of it; its sha256 is the manifest's
 */
public record WrittenPackage(Path directory, ModelManifest manifest, ModelRef ref) {}
