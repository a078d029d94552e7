package io.alexstream.model.cli;

/**
 * A command that reads its options through {@link Problems}, which reports unknown ones together with all other mistakes. For
 * other commands picocli itself refuses them.
 */
interface ReportsUnknownOptions {}
