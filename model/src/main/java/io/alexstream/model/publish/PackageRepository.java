package io.alexstream.model.publish;

import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.jspecify.annotations.Nullable;

/**
 * Packages as jobs read them: {@code <repository>/<name>/<version>/}, on any file system that Flink knows. A folder without a
 * manifest is no package: its publisher is at work or died, and its number is never given again. Confined to one thread; several
 * processes may publish into one repository.
 */
public final class PackageRepository {

    static final String MANIFEST = ModelManifest.FILE_NAME;

    private static final String VERSION = "[1-9][0-9]{0,8}";

    /** What {@link #VERSION} can be: beyond it the next number would not fit an int some day. */
    private static final int HIGHEST = 999_999_999;

    private final FileSystem files;
    private final String uri;
    private final RepositoryProtocol protocol;

    PackageRepository(FileSystem files, String uri, RepositoryProtocol protocol) {
        this.files = files;
        this.uri = uri;
        this.protocol = protocol;
    }

    /**
     * Opens the repository; it need not exist yet.
     *
     * @param uri as {@link PackageLocation#uri} makes it
     * @throws PublishException where no file system takes it
     */
    public static PackageRepository at(String uri) {
        try {
            Path root = new Path(uri);
            FileSystem files = root.getFileSystem();
            boolean local = "file".equals(files.getUri().getScheme());
            return new PackageRepository(files, uri, local ? new LocalProtocol() : new ObjectStoreProtocol(files));
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new PublishException(
                    "the repository " + uri + " needs a file system that is not on the class path, such as"
                            + " flink-s3-fs-hadoop for s3:; the README's 'Ship a new model' says how to add it",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new PublishException("the repository " + uri + " cannot be used: " + firstLine(e), e);
        }
    }

    /** Where a version lies, or would. */
    public String uriOf(String name, int version) {
        return uri + "/" + name + "/" + version;
    }

    /** True where this very package lies here already. */
    public boolean holds(ModelRef ref) {
        String here = uriOf(ref.name(), ref.version());
        if (here.equals(ref.uri())) {
            return true;
        }
        java.nio.file.Path one = local(here);
        java.nio.file.Path other = local(ref.uri());
        try {
            return one != null && other != null && Files.exists(one) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static java.nio.file.@Nullable Path local(String uri) {
        return uri.startsWith("file://") ? java.nio.file.Path.of(uri.substring("file://".length())) : null;
    }

    /** The versions of a model that are packages, rising. */
    public List<Integer> versions(String name) throws IOException {
        List<Integer> versions = new ArrayList<>();
        for (int version : numbers(name)) {
            if (files.exists(new Path(uriOf(name, version) + "/" + MANIFEST))) {
                versions.add(version);
            }
        }
        return versions;
    }

    /**
     * Takes a number for a package that is to come.
     *
     * @param wanted is kept where it is free and the highest, else the next after the highest is taken
     * @throws PublishException where that is more than a version can be
     */
    public ClaimedVersion claim(String name, int wanted) throws IOException {
        List<Integer> taken = numbers(name);
        int highest = taken.isEmpty() ? 0 : taken.get(taken.size() - 1);
        for (int version = Math.max(wanted, highest + 1); version <= HIGHEST; version++) {
            if (protocol.take(new Path(uriOf(name, version)))) {
                return new ClaimedVersion(files, protocol, uriOf(name, version), version);
            }
        }
        throw new PublishException("no version number is left for " + name + " in " + uri + ": the package wants "
                + wanted + ", the highest there is " + highest + ", and versions go up to " + HIGHEST);
    }

    /** All numbers with anything in their folder, rising. */
    private List<Integer> numbers(String name) throws IOException {
        return list(files, new Path(uri + "/" + name)).stream()
                .filter(entry -> entry.matches(VERSION))
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    /** The names in a folder; file systems tell in three ways that there is none. */
    static List<String> list(FileSystem files, Path folder) throws IOException {
        try {
            FileStatus[] entries = files.listStatus(folder);
            List<String> names = new ArrayList<>();
            for (FileStatus entry : entries == null ? new FileStatus[0] : entries) {
                names.add(entry.getPath().getName());
            }
            return names;
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
