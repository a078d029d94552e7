package io.alexstream.model.publish;

import java.io.IOException;
import org.apache.flink.core.fs.Path;

/**
 * How a version number is taken, and a package committed, on one kind of file system. Whoever takes a number has it alone, among
 * all processes.
 */
interface RepositoryProtocol {

    /**
     * Tries to take a number.
     *
     * @param version its folder {@code <repository>/<name>/<version>}
     * @return false where it is or may be another's; the caller goes on to the next
     */
    boolean take(Path version) throws IOException;

    /** Makes the taken folder a package: its manifest is there whole, or not at all, and from then on the package stays. */
    void commit(Path version, byte[] manifest) throws IOException;

    /** Gives a number back that did not become a package; the caller has removed its files. */
    void release(Path version) throws IOException;
}
