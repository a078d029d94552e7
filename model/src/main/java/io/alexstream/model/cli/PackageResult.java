package io.alexstream.model.cli;

import io.alexstream.contract.Json;
import io.alexstream.model.publish.WrittenPackage;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * What a command that makes a package prints.
 *
 * @param sha256 of the manifest
 */
record PackageResult(String name, int version, String path, String uri, String sha256, int classes, long bytes) {

    static PackageResult of(WrittenPackage written) {
        long bytes = written.manifest().files().values().stream()
                .mapToLong(file -> file.size())
                .sum();
        return new PackageResult(
                written.ref().name(),
                written.ref().version(),
                written.directory().toString(),
                written.ref().uri(),
                written.ref().sha256(),
                written.manifest().labels().size(),
                bytes);
    }

    void print(PrintWriter out, boolean json) {
        if (json) {
            out.println(new String(Json.toBytes(this), StandardCharsets.UTF_8));
        } else {
            out.println("package " + path);
            out.println("sha256  " + sha256);
        }
        out.flush();
    }
}
