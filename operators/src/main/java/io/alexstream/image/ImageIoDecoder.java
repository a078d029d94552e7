package io.alexstream.image;

public final class ImageIoDecoder implements ImageDecoder {}
