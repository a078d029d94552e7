package io.alexstream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsyncApiTest {

    private static JsonNode document() throws IOException {
        return Schemas.tree("asyncapi.json");
    }

    @Test
    void isAnAsyncApi3Document() throws IOException {
        assertThat(document().get("asyncapi").textValue()).isEqualTo("3.0.0");
        assertThat(document().at("/info/title").textValue()).isNotBlank();
        assertThat(document().at("/info/version").textValue()).isNotBlank();
    }

    @Test
    void hasAChannelForEachTopic() throws IOException {
        List<String> topics = new ArrayList<>();
        document()
                .get("channels")
                .forEach(channel -> topics.add(channel.get("address").textValue()));

        assertThat(topics)
                .containsExactly(
                        "images", "classifications", "dead-letters", "model-updates", "model-status", "labels");
    }

    @ParameterizedTest
    @CsvSource({
        "images,          receive, /payload/schema, image-reference",
        "classifications, send,    /payload/schema, classification",
        "deadLetters,     send,    /headers/schema, dead-letter-headers",
        "modelUpdates,    receive, /payload/schema, model-update",
        "modelStatus,     send,    /payload/schema, model-status",
        "labels,          receive, /payload/schema, image-label"
    })
    void saysWhoSendsWhatOnEachChannel(String channel, String action, String place, String schema) throws IOException {
        JsonNode message =
                document().at("/channels/" + channel + "/messages").elements().next();
        List<String> actions = new ArrayList<>();
        document().get("operations").forEach(operation -> {
            if (operation.at("/channel/$ref").textValue().equals("#/channels/" + channel)) {
                actions.add(operation.get("action").textValue());
            }
        });

        assertThat(resolved(message).at(place + "/$ref").textValue()).isEqualTo(schema + ".schema.json");
        assertThat(actions).containsExactly(action);
    }

    @Test
    void refersOnlyToWhatIsThere() throws IOException {
        List<JsonNode> references = document().findParents("$ref");

        assertThat(references).hasSize(18);
        for (JsonNode reference : references) {
            assertThat(resolved(reference)).as(reference.toString()).isNotEmpty();
        }
    }

    private static JsonNode resolved(JsonNode reference) throws IOException {
        String target = reference.get("$ref").textValue();
        return target.startsWith("#") ? document().at(target.substring(1)) : Schemas.tree(target);
    }
}
