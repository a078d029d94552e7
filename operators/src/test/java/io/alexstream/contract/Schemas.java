package io.alexstream.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published schemas as a user's validator sees them: formats asserted, nothing fetched (the registry's default). */
final class Schemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Schemas() {}

    static String text(String file) throws IOException {
        try (InputStream in = Json.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no resource " + file + " beside " + Json.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode tree(String file) throws IOException {
        return Json.MAPPER.readTree(text(file));
    }

    static List<Error> errors(String file, String json) throws IOException {
        return errors(REGISTRY.getSchema(text(file)), json);
    }

    static List<Error> errorsAgainstMetaSchema(String file) throws IOException {
        return errors(
                REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())), text(file));
    }

    private static List<Error> errors(Schema schema, String json) {
        return schema.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
