package io.alexstream.model.testing;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Gives Flink a store for the scheme {@code fake}, found on the class path as a real one's plugin is. */
public final class FakeObjectStoreFactory implements FileSystemFactory {

    @Override
    public String getScheme() {
        return FakeObjectStore.SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return FakeObjectStore.of(uri.getAuthority());
    }
}
