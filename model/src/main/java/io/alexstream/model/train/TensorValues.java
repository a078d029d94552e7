package io.alexstream.model.train;

import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Weights;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Values of parameters in and out of tensors, in pieces: 250 MB of weights are never held twice. */
@SuppressWarnings("try") // scopes, guards and hooks act by being open
final class TensorValues {

    /** Values in one piece; 1 MiB of bytes. */
    private static final int CHUNK = 1 << 18;

    private TensorValues() {}

    /** A new fp32 tensor of the parameter's shape; the caller closes it. */
    static Tensor of(Parameter parameter, Weights.ValueStream values, Device device) {
        long[] dims = parameter.dims().stream().mapToLong(Integer::longValue).toArray();
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = torch.zeros(dims, new TensorOptions(torch.ScalarType.Float));
            fill(tensor, values);
            Tensor placed = device.is_cuda() ? tensor.to(device, torch.ScalarType.Float) : tensor;
            return placed.retainReference();
        }
    }

    /** Overwrites a tensor that no gradient is taken of meanwhile. */
    static void overwrite(Tensor tensor, Parameter parameter, Weights.ValueStream values) {
        try (PointerScope scope = new PointerScope();
                Tensor fresh = of(parameter, values, new Device(torch.DeviceType.CPU))) {
            tensor.detach().copy_(fresh);
        }
    }

    private static void fill(Tensor tensor, Weights.ValueStream values) {
        FloatPointer pointer = tensor.data_ptr_float();
        long size = tensor.numel();
        float[] chunk = new float[(int) Math.min(size, CHUNK)];
        for (long done = 0; done < size; done += chunk.length) {
            int count = (int) Math.min(chunk.length, size - done);
            values.next(chunk, count);
            pointer.position(done).put(chunk, 0, count);
        }
    }

    /** The values of a tensor, row by row. */
    static Weights.ValueStream stream(Tensor tensor) {
        Tensor flat = tensor.detach().cpu().contiguous();
        FloatPointer pointer = flat.data_ptr_float();
        long[] position = {0};
        return (into, count) -> {
            // Keeps the tensor, and with it the memory, while the stream is read.
            if (position[0] + count > flat.numel()) {
                throw new IllegalStateException("the tensor has no more values");
            }
            pointer.position(position[0]).get(into, 0, count);
            position[0] += count;
        };
    }

    /** A small tensor as an array. */
    static float[] array(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        stream(tensor).next(values, values.length);
        return values;
    }
}
