package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.testing.MavenArtifact;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is shipped is listed in NOTICE, under licences that may go with ours. */
final class LicencesITCase {

    /** As authors write them. Another one is a decision, and a line in NOTICE. */
    private static final Pattern ALLOWED = Pattern.compile("(?i).*(apache.*2|\\bMIT\\b|\\bBSD\\b).*");

    /** Less of them would mean that this test looks in the wrong place. */
    private static final int LEAST = 15;

    private static String notice;
    private static Set<MavenArtifact> classPath;

    @BeforeAll
    static void read() throws IOException {
        notice = Files.readString(Path.of("..", "NOTICE"));
        classPath = Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .map(Path::of)
                .filter(MavenArtifact::isOne)
                .map(MavenArtifact::of)
                .collect(Collectors.toSet());
    }

    @Test
    void theJobJarHoldsOnlyWhatNoticeLists() throws IOException {
        Path path = Path.of(Objects.requireNonNull(System.getProperty("alexstream.job.jar"), "alexstream.job.jar"));
        try (JarFile jar = new JarFile(path.toFile())) {
            List<MavenArtifact> shipped = classPath.stream()
                    .filter(artifact -> isPartOf(jar, artifact))
                    .toList();

            assertThat(shipped).hasSizeGreaterThan(LEAST).allSatisfy(LicencesITCase::isListedAndAllowed);
        }
    }

    @Test
    void theSideModulesLibHoldsOnlyWhatNoticeLists() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "model", "target", "lib"))) {
            Set<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("alexstream-"))
                    .collect(Collectors.toSet());
            List<MavenArtifact> shipped = classPath.stream()
                    .filter(artifact -> names.contains(name(artifact)))
                    .toList();

            assertThat(shipped)
                    .extracting(LicencesITCase::name)
                    .as("jars of lib/ that this test finds in Maven's repository")
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(shipped).allSatisfy(LicencesITCase::isListedAndAllowed);
        }
    }

    private static String name(MavenArtifact artifact) {
        return artifact.jar().getFileName().toString();
    }

    private static void isListedAndAllowed(MavenArtifact artifact) {
        assertThat(notice).as("NOTICE names the group of %s", artifact.jar()).contains(artifact.group());
        assertThat(artifact.licences())
                .as("licences of %s, of which one is enough", artifact.jar())
                .anyMatch(licence -> ALLOWED.matcher(licence).matches());
    }

    /** Whether the first class of the artifact is in the job jar. */
    private static boolean isPartOf(JarFile jobJar, MavenArtifact artifact) {
        try (JarFile jar = new JarFile(artifact.jar().toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.equals("module-info.class")) {
                    return jobJar.getEntry(name) != null;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
