package io.alexstream.image;

public record FetchLimits(
        long maxBytes, long maxInlineBytes, java.time.Duration timeout, int retries, long memoryBudget) {}
