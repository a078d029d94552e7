package io.alexstream.image;

public interface ImageDecoder {}
