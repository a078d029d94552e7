package io.alexstream.image;

import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The JDK's own image readers. Their classes are not exported, so the only way to them is ImageIO's registry, asked for exactly
 * one class. Safe for concurrent use.
 */
final class JdkReaders {

    private JdkReaders() {}

    /**
     * The provider of this class.
     *
     * @throws IllegalStateException if this JDK has none
     */
    static ImageReaderSpi provider(String className) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        // The registry's first use registers every provider its context class loader shows, and keeps them for ever: it
        // must
        // not see the job's.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            Object provider = IIORegistry.getDefaultInstance().getServiceProviderByClass(Class.forName(className));
            if (provider instanceof ImageReaderSpi reader) {
                return reader;
            }
            throw new IllegalStateException("ImageIO has no " + className + "; was it deregistered?");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this JDK has no " + className + "; the module java.desktop is needed", e);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }
}
