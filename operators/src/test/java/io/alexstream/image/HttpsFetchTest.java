package io.alexstream.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to an address, but the certificate must be the name's. */
@Timeout(60)
class HttpsFetchTest {

    private static final String PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static Path keys;

    @BeforeAll
    static void startServer() throws Exception {
        keys = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        assertThat(process.waitFor()).as(said).isZero();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 5);
                exchange.getResponseBody().write(new byte[5]);
            }
        });
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
        distrust();
    }

    @Test
    void fetchesFromAServerWhoseCertificateIsTrusted() {
        trust();
        String root = "https://localhost:" + server.getAddress().getPort() + "/";

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.bytes(root + "a")).hasSize(5);
            assertThat(fetching.bytes("HTTPS" + root.substring(5) + "a")).hasSize(5);
        }
    }

    @Test
    void failsWhereTheCertificateIsOfAnotherName() {
        trust();
        String root = "https://127.0.0.1:" + server.getAddress().getPort() + "/";

        try (Fetching fetching = Fetching.allowing(root)) {
            fetching.refused(root + "a", DeadLetterReason.FETCH_FAILED);
        }
    }

    @Test
    void failsWhereTheCertificateIsNotTrusted() {
        distrust();
        String root = "https://localhost:" + server.getAddress().getPort() + "/";

        try (Fetching fetching = Fetching.allowing(root)) {
            fetching.refused(root + "a", DeadLetterReason.FETCH_FAILED);
        }
    }

    private static void trust() {
        System.setProperty(TRUST_STORE, keys.toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    }

    private static void distrust() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_PASSWORD);
    }

    private static SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
