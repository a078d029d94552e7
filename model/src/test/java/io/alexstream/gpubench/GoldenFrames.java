package io.alexstream.gpubench;

import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;

/** The frames that lie in a package, as input of batches. Stateless. */
final class GoldenFrames {

    private GoldenFrames() {}

    /** So many frames in a direct buffer with position 0: the package's, over and over. */
    static ByteBuffer repeated(ModelPackage model, int count) throws IOException {
        byte[] golden = Files.readAllBytes(model.goldenFrames());
        ByteBuffer frames =
                ByteBuffer.allocateDirect(count * model.manifest().input().frameBytes());
        while (frames.hasRemaining()) {
            frames.put(golden, 0, Math.min(golden.length, frames.remaining()));
        }
        return frames.flip();
    }

    static int count(ModelPackage model) {
        return model.manifest().golden().expected().size();
    }
}
