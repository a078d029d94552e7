package io.alexstream.model.train;

import io.alexstream.model.export.Normalization;
import io.alexstream.model.network.Shape;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Frames as a network's input, by the same arithmetic as in the serving graph. Confined to one thread; the caller closes. */
final class TorchImages implements AutoCloseable {

    private static final int CHANNELS = 3;

    private final Shape shape;
    private final Device device;
    private final Tensor mean;
    private final Tensor deviation;

    TorchImages(Shape shape, Device device) {
        this.shape = shape;
        this.device = device;
        mean = Tensor.create(Normalization.IMAGENET.byteMean(), 1, CHANNELS, 1, 1)
                .to(device, torch.ScalarType.Float);
        deviation = Tensor.create(Normalization.IMAGENET.byteStd(), 1, CHANNELS, 1, 1)
                .to(device, torch.ScalarType.Float);
    }

    /**
     * float32 [count, 3, height, width].
     *
     * @param frames a direct buffer of RGB frames from position 0; copied before this returns
     * @param shift to be added to red, green and blue of each frame, on the scale 0 to 1
     */
    Tensor of(ByteBuffer frames, int count, float[] shift) {
        Tensor bytes = torch.from_blob(
                new BytePointer(frames),
                new long[] {count, shape.height(), shape.width(), CHANNELS},
                new TensorOptions(torch.ScalarType.Byte));
        Tensor values = bytes.permute(0, 3, 1, 2)
                .contiguous()
                .to(device, torch.ScalarType.Float)
                .sub_(mean);
        for (float value : shift) {
            if (value != 0) {
                values = values.add_(onByteScale(shift, count));
                break;
            }
        }
        return values.div_(deviation);
    }

    private Tensor onByteScale(float[] shift, int count) {
        float[] scaled = new float[shift.length];
        for (int i = 0; i < shift.length; i++) {
            scaled[i] = shift[i] * 255;
        }
        return Tensor.create(scaled, count, CHANNELS, 1, 1).to(device, torch.ScalarType.Float);
    }

    /** int64 [N]. */
    Tensor classes(long[] classes) {
        return Tensor.create(classes, classes.length).to(device, torch.ScalarType.Long);
    }

    @Override
    public void close() {
        mean.close();
        deviation.close();
    }
}
