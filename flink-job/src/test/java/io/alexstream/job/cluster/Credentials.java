package io.alexstream.job.cluster;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A broker's self-made certificate, a trust store for it, and one user with a password.
 *
 * @param userPassword of {@code alexstream} (SASL/PLAIN)
 * @param storePassword of both stores
 */
record Credentials(Path keyStore, Path trustStore, String userPassword, String storePassword) {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    /** Makes them with the JDK's {@code keytool}; the passwords are new, so that they can be searched for. */
    static Credentials make(Path directory) throws Exception {
        Credentials made = new Credentials(
                directory.resolve("broker.p12"),
                directory.resolve("trusted.p12"),
                "user-" + UUID.randomUUID(),
                "store-" + UUID.randomUUID());
        Path certificate = directory.resolve("broker.crt");
        made.keytool(
                made.keyStore,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "30",
                "-dname",
                "CN=broker",
                "-ext",
                "SAN=IP:" + LoopbackPorts.HOST);
        made.keytool(made.keyStore, "-exportcert", "-file", certificate.toString());
        made.keytool(made.trustStore, "-importcert", "-noprompt", "-file", certificate.toString());
        return made;
    }

    private void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(ChildJvm.tool("keytool")));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias",
                "broker",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                storePassword));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    /** @param prefix of the listener's properties */
    Map<String, String> brokerProperties(String prefix) {
        Map<String, String> properties = new TreeMap<>();
        properties.put(prefix + "ssl.keystore.location", keyStore.toString());
        properties.put(prefix + "ssl.keystore.password", storePassword);
        properties.put(prefix + "ssl.keystore.type", "PKCS12");
        properties.put(prefix + "sasl.enabled.mechanisms", "PLAIN");
        properties.put(prefix + "plain.sasl.jaas.config", MODULE + "user_alexstream=\"" + userPassword + "\";");
        return properties;
    }

    /** Client properties, the secrets among them. */
    Map<String, String> clientProperties() {
        return clientProperties(userPassword);
    }

    Map<String, String> clientProperties(String password) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                MODULE + "username=\"alexstream\" password=\"" + password + "\";",
                "ssl.truststore.location",
                trustStore.toString(),
                "ssl.truststore.password",
                storePassword,
                "ssl.truststore.type",
                "PKCS12");
    }

    /** Writes client properties as the job's {@code --config} takes them. */
    Path writeJobConfig(Path file, Map<String, String> clientProperties) throws IOException {
        return write(file, "kafka.properties.", clientProperties);
    }

    /** Writes client properties as Kafka's own tools take them, and {@code model --kafka-config}. */
    Path writeClientConfig(Path file) throws IOException {
        return write(file, "", clientProperties());
    }

    private static Path write(Path file, String prefix, Map<String, String> clientProperties) throws IOException {
        Properties properties = new Properties();
        clientProperties.forEach((key, value) -> properties.put(prefix + key, value));
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
        return file;
    }
}
