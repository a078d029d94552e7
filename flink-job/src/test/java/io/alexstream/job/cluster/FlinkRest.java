package io.alexstream.job.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a JobManager what its web interface shows. Where nobody answers, the answer is empty. */
final class FlinkRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final int port;
    private final String root;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    FlinkRest(int port) {
        this.port = port;
        root = "http://" + LoopbackPorts.HOST + ":" + port;
    }

    int port() {
        return port;
    }

    /** The body of an answer; an empty text where there is none, or an error. */
    String text(String path) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(root + path))
                            .timeout(LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path));
    }

    /** -1 where no JobManager answers. */
    int taskManagers() throws IOException, InterruptedException {
        return json("/overview").path("taskmanagers").asInt(-1);
    }

    int freeSlots() throws IOException, InterruptedException {
        return json("/overview").path("slots-available").asInt(-1);
    }

    List<String> taskManagerIds() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        json("/taskmanagers")
                .path("taskmanagers")
                .forEach(node -> ids.add(node.path("id").asText()));
        return ids;
    }

    /** A TaskManager's metrics by name, once the JobManager has asked it for them. */
    Map<String, String> metrics(String taskManager, String... names) throws Exception {
        String path = "/taskmanagers/" + taskManager + "/metrics?get=" + String.join(",", names);
        Map<String, String> metrics = new HashMap<>();
        Patience.until(
                "the JobManager knows the metrics of its TaskManager",
                () -> {
                    json(path)
                            .forEach(node -> metrics.put(
                                    node.path("id").asText(), node.path("value").asText()));
                    return metrics.keySet().containsAll(List.of(names));
                },
                metrics::toString);
        return metrics;
    }

    /** Whether all its tasks run. */
    boolean isRunning(String job) throws IOException, InterruptedException {
        JsonNode vertices = json("/jobs/" + job).path("vertices");
        for (JsonNode vertex : vertices) {
            if (vertex.path("tasks").path("RUNNING").asInt()
                    < vertex.path("parallelism").asInt()) {
                return false;
            }
        }
        return !vertices.isEmpty();
    }

    /** The number of the newest checkpoint that is complete; 0 where there is none. */
    long newestCheckpoint(String job) throws IOException, InterruptedException {
        return json("/jobs/" + job + "/checkpoints")
                .path("latest")
                .path("completed")
                .path("id")
                .asLong();
    }

    /** When the job failed last, in milliseconds since 1970; 0 where it never did. */
    long newestFailure(String job) throws IOException, InterruptedException {
        long newest = 0;
        JsonNode history = json("/jobs/" + job + "/exceptions").path("exceptionHistory");
        for (JsonNode failure : history.path("entries")) {
            newest = Math.max(newest, failure.path("timestamp").asLong());
        }
        return newest;
    }

    /** Where the checkpoint or savepoint lies that the job was restored from last; empty where it was not. */
    String restoredFrom(String job) throws IOException, InterruptedException {
        return json("/jobs/" + job + "/checkpoints")
                .path("latest")
                .path("restored")
                .path("external_path")
                .asText();
    }

    /** Every text of the web interface in which the job's configuration could show. */
    List<String> configurationTexts(String job) throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        for (String path : List.of("", "/config", "/plan", "/exceptions", "/checkpoints", "/checkpoints/config")) {
            texts.add(text("/jobs/" + job + path));
        }
        texts.add(text("/jobmanager/config"));
        texts.add(text("/jobmanager/environment"));
        for (String id : taskManagerIds()) {
            texts.add(text("/taskmanagers/" + id));
            texts.add(text("/taskmanagers/" + id + "/thread-dump"));
        }
        return texts;
    }
}
