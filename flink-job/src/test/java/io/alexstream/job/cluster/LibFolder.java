package io.alexstream.job.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Folders like a distribution's {@code lib/}, of links to the jars that Maven resolved for this test. */
final class LibFolder {

    /** What flink-clients, flink-streaming-java, flink-connector-base and flink-rpc-akka-loader 2.3.0 need (mvn dependency:tree). */
    private static final Pattern FLINK = Pattern.compile("(flink-(annotations|clients|connector-base|connector-datagen"
            + "|core|core-api|datastream|datastream-api|file-sink-.+?|hadoop-fs|metrics-core|queryable-state-.+?|rpc-.+?|runtime"
            + "|shaded-.+?|streaming-java)"
            + "|RoaringBitmap|async-profiler|commons-(cli|collections|compress|io|lang3|math3|text)|javassist|jsr305|kryo"
            + "|log4j-.+?|lz4-java|minlog|objenesis|reflectasm|slf4j-api|snakeyaml-engine|snappy-java)-[0-9][0-9.].*");

    /** What docker/Dockerfile copies into Flink's lib/. */
    private static final Pattern NATIVE =
            Pattern.compile("(onnxruntime|imageio-(core|metadata|webp)|common-(image|io|lang))-[0-9].*");

    private LibFolder() {}

    /** Makes Flink's {@code lib/}; returns its class path. */
    static String flink(Path folder) throws IOException {
        return link(folder, name -> FLINK.matcher(name).matches() && !name.endsWith("-tests.jar"));
    }

    /** Makes a folder of what belongs beside Flink's own jars on a TaskManager; returns its class path. */
    static String onnxRuntime(Path folder) throws IOException {
        return link(folder, name -> NATIVE.matcher(name).matches());
    }

    /** Makes the broker's {@code libs/}: everything, since a broker does not mind; returns its class path. */
    static String kafka(Path folder) throws IOException {
        return link(folder, name -> true);
    }

    private static String link(Path folder, Predicate<String> isWanted) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (entry.endsWith(".jar") && isWanted.test(path.getFileName().toString())) {
                jars.add(path);
            }
        }
        if (jars.isEmpty()) {
            throw new IllegalStateException("no jars for " + folder + " among "
                    + Arrays.toString(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
        }
        Files.createDirectories(folder);
        for (Path jar : jars) {
            Path link = folder.resolve(jar.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, jar);
            }
        }
        return folder + File.separator + "*";
    }
}
