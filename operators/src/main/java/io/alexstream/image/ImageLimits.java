package io.alexstream.image;

public record ImageLimits(long maxPixels, int maxScans, long memoryBudget) {}
