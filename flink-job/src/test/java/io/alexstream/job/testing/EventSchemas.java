package io.alexstream.job.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.alexstream.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The published schemas, as a reader of the topics would use them: formats asserted, nothing fetched. */
public final class EventSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private EventSchemas() {}

    /**
     * What is wrong with a record's value.
     *
     * @param event {@code classification}, {@code model-status} and so on
     */
    public static List<Error> errors(String event, ConsumerRecord<byte[], byte[]> record) {
        return errors(event, record.value());
    }

    public static List<Error> errors(String event, byte[] json) {
        return SCHEMAS.computeIfAbsent(event, EventSchemas::read)
                .validate(
                        new String(json, StandardCharsets.UTF_8),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static Schema read(String event) {
        String file = event + ".schema.json";
        try (InputStream in = Json.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no resource " + file + " beside " + Json.class.getName());
            }
            return REGISTRY.getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
