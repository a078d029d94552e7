package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** OpenCV's jars are optional; without them a user must read which ones to bring. */
class DecoderKindTest {

    @Test
    void saysInOneLineWhichJarsAreMissing() throws ReflectiveOperationException {
        Throwable refusal = openWithoutOpenCv();

        assertThat(refusal.getClass().getSimpleName()).isEqualTo("DecoderUnavailableException");
        assertThat(refusal).hasMessageContaining("image.decoder").hasMessageContaining("lib/");
        assertThat(refusal.getMessage()).doesNotContain("\n");
    }

    @Test
    void namesTheJarsThatTheBuildUses() throws ReflectiveOperationException {
        List<String> named = Pattern.compile("[a-z]+-[\\w.-]+\\.jar")
                .matcher(openWithoutOpenCv().getMessage())
                .results()
                .map(MatchResult::group)
                .toList();

        List<String> used = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            if (entry.contains("bytedeco")) {
                used.add(Path.of(entry).getFileName().toString());
            }
        }
        assertThat(named).hasSize(6).containsExactlyInAnyOrderElementsOf(used);
    }

    private static Throwable openWithoutOpenCv() throws ReflectiveOperationException {
        Class<?> kind = Class.forName(DecoderKind.class.getName(), true, new WithoutOpenCv());
        Method open = kind.getMethod("open");
        open.setAccessible(true);
        Throwable thrown =
                catchThrowable(() -> open.invoke(kind.getField("OPENCV").get(null)));
        return thrown.getCause();
    }

    /** The library as it is where nobody has brought OpenCV. */
    private static final class WithoutOpenCv extends ClassLoader {

        WithoutOpenCv() {
            super(DecoderKind.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.bytedeco.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.alexstream.image.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
