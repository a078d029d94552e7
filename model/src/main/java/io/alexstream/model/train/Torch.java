package io.alexstream.model.train;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/** libtorch in this process: where it computes, and with how many threads. */
final class Torch {

    private final Device device;
    private final String description;

    private Torch(Device device, String description) {
        this.device = device;
        this.description = description;
    }

    /**
     * Loads libtorch, once a process. Its number of threads is that of the calling thread, which must be the one that trains
     * (OpenMP keeps it by thread).
     *
     * @throws TrainingException where it cannot be loaded
     */
    static Torch open(int threads) {
        // Its memory is libtorch's own affair; JavaCPP would take the process's size for a leak and fail beyond the
        // heap's size.
        System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxBytes", "0");
        System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        try {
            torch.set_num_threads(threads);
            // By default cuDNN convolves fp32 as TF32, with 10 bits of mantissa; who wants less than fp32 asks for
            // bf16.
            torch.globalContext().setAllowTF32CuDNN(false);
            torch.globalContext().setAllowTF32CuBLAS(false);
            return torch.cuda_is_available()
                    ? new Torch(new Device(torch.DeviceType.CUDA), "GPU (CUDA)")
                    : new Torch(
                            new Device(torch.DeviceType.CPU),
                            "CPU, " + threads + (threads == 1 ? " thread" : " threads"));
        } catch (LinkageError e) {
            throw new TrainingException(
                    "libtorch cannot be loaded (" + e.getMessage()
                            + "); training needs Linux on x86-64, and room for 400 MB in ~/.javacpp/cache or where"
                            + " -Dorg.bytedeco.javacpp.cachedir says",
                    e);
        }
    }

    Device device() {
        return device;
    }

    torch.DeviceType type() {
        return device.is_cuda() ? torch.DeviceType.CUDA : torch.DeviceType.CPU;
    }

    /** In words, for people. */
    String description() {
        return description;
    }
}
