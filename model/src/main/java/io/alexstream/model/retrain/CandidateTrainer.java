package io.alexstream.model.retrain;

import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a candidate of what is served. */
public interface CandidateTrainer {

    /**
     * Trains until it is done or the signal stops it.
     *
     * @param served to begin with; its files stay until this returns
     * @param allowedUris what may be fetched
     * @param folder to write the candidate's package into, under the same name
     * @return null where it was stopped
     * @throws io.alexstream.model.data.TrainingDataException where the images cannot be trained with
     * @throws io.alexstream.model.export.RefusedModelException where the served model cannot be trained
     * @throws io.alexstream.model.train.TrainingException where training fails
     */
    @Nullable
    WrittenPackage train(ModelPackage served, TrainingSet set, List<String> allowedUris, Path folder, StopSignal stop)
            throws IOException;
}
