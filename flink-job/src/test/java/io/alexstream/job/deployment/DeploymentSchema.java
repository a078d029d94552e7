package io.alexstream.job.deployment;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.alexstream.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The schema of a FlinkDeployment in the operator's own custom resource definition. Kubernetes drops fields that it does not
 * know without a word; here they are errors.
 */
final class DeploymentSchema {

    private static final String DEFINITION = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    private DeploymentSchema() {}

    /** What is wrong with it, one line each. */
    static List<String> errors(Map<String, Object> deployment) throws IOException {
        Map<String, Object> definition = definition();
        Map<String, Object> version =
                DockerFiles.map(((List<?>) DockerFiles.at(definition, "spec", "versions")).get(0));
        Map<String, Object> kubernetes = DockerFiles.map(strict(DockerFiles.at(version, "schema", "openAPIV3Schema")));
        // Every resource has these; a definition leaves them to Kubernetes.
        Map<String, Object> properties = DockerFiles.map(kubernetes.get("properties"));
        for (String common : List.of("apiVersion", "kind", "metadata")) {
            properties.putIfAbsent(common, Map.of());
        }
        properties.put("metadata", Map.of("type", "object"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new String(Json.toBytes(kubernetes), java.nio.charset.StandardCharsets.UTF_8));
        return schema
                .validate(
                        new String(Json.toBytes(deployment), java.nio.charset.StandardCharsets.UTF_8), InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static Map<String, Object> definition() throws IOException {
        try (InputStream in = DeploymentSchema.class.getClassLoader().getResourceAsStream(DEFINITION)) {
            if (in == null) {
                throw new IOException("no " + DEFINITION + " on the class path");
            }
            LoaderOptions options = new LoaderOptions();
            // It is 1 MB of YAML: pods in full, three times.
            options.setCodePointLimit(16 << 20);
            return DockerFiles.map(new Yaml(new SafeConstructor(options)).load(in));
        }
    }

    /** The same in the words of JSON Schema, and no fields but the listed ones. */
    private static Object strict(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(DeploymentSchema::strict).toList();
        }
        if (!(node instanceof Map<?, ?>)) {
            return node;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        DockerFiles.map(node).forEach((key, value) -> map.put(key, strict(value)));
        if (Boolean.TRUE.equals(map.get("x-kubernetes-int-or-string"))) {
            map.put("type", List.of("integer", "string"));
        }
        boolean isClosed = map.get("properties") instanceof Map
                && "object".equals(map.get("type"))
                && !Boolean.TRUE.equals(map.get("x-kubernetes-preserve-unknown-fields"));
        if (isClosed) {
            map.put("additionalProperties", false);
        }
        // Said; a validator knows none of them.
        map.keySet().removeIf(key -> key.startsWith("x-kubernetes-"));
        return map;
    }
}
