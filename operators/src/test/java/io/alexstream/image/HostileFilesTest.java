package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken and hostile pictures made apart from this project. */
class HostileFilesTest {

    private final FramePreprocessor frames =
            new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), true);

    @ParameterizedTest
    @CsvSource({
        "big_81MP.jpg, IMAGE_TOO_LARGE",
        "big_81MP.webp, IMAGE_TOO_LARGE",
        "big_81MP_prog.jpg, IMAGE_TOO_LARGE",
        "bomb_65535.gif, IMAGE_TOO_LARGE",
        "bomb_gray1_30000.png, IMAGE_TOO_LARGE",
        "bomb_rgb_8000.png, IMAGE_TOO_LARGE",
        "bomb_rgb_hdr_only_60000.png, IMAGE_TOO_LARGE",
        "bomb_sof_20000.jpg, IMAGE_TOO_LARGE",
        "bomb_sof_65500.jpg, IMAGE_TOO_LARGE",
        "empty.jpg, CORRUPT_IMAGE",
        "scanbomb_4000.jpg, IMAGE_TOO_LARGE",
        "svg.svg, UNSUPPORTED_FORMAT",
        "text.jpg, UNSUPPORTED_FORMAT",
        "trunc02.jpg, CORRUPT_IMAGE",
        "trunc10.jpg, CORRUPT_IMAGE",
        "trunc50.jpg, CORRUPT_IMAGE",
        "trunc90.jpg, CORRUPT_IMAGE"
    })
    void refusesForTheRightReason(String file, String reason) {
        byte[] encoded = SharedFiles.bytes("odd/generated/" + file);
        ImageException refusal = catchThrowableOfType(ImageException.class, () -> frames.prepare(encoded));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).hasToString(reason);
        assertThat(refusal.stage()).hasToString("DECODE");
        assertThat(refusal.getMessage()).doesNotContain("\n").isNotBlank();
    }
}
