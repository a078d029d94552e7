package io.alexstream.contract;

/** Why a record could not be classified; the value of the header {@code alexstream.reason}. */
public enum DeadLetterReason {
    /** The record's value is not an image reference: not JSON, not an object, no usable {@code uri}, or too long. */
    MALFORMED_REFERENCE,
    /** The URI is outside {@code image.allowed-uris}, leaves an allowed root, or leads to a private address. */
    FORBIDDEN_URI,
    /** The image could not be read: missing, refused, an HTTP error, a broken connection. */
    FETCH_FAILED,
    /** The image did not arrive within {@code image.fetch-timeout}. */
    FETCH_TIMEOUT,
    /** More bytes, pixels or JPEG scans than allowed. */
    IMAGE_TOO_LARGE,
    /** Not one of the formats that are decoded: JPEG, PNG, WebP, GIF, BMP. */
    UNSUPPORTED_FORMAT,
    /** The bytes claim to be an image and cannot be decoded whole. */
    CORRUPT_IMAGE,
    /** The image was read, and the model failed on this very frame. */
    INFERENCE_FAILED
}
