package io.alexstream.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Jackson's exceptions in one line that names the field and leaves out what only a user of Jackson could follow. */
final class JsonFailure {

    /** Jackson's advice on its own switches, and source locations that it has emptied itself. */
    private static final Pattern JACKSON_ONLY =
            Pattern.compile("\\s*\\((set DeserializationConfig|start marker at|although at least).*", Pattern.DOTALL);

    private JsonFailure() {}

    static String describe(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping ? path(mapping) : "";
        return OneLine.of((field.isEmpty() ? "" : "field '" + field + "': ") + problem(e));
    }

    private static String problem(JsonProcessingException e) {
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            String message = String.valueOf(e.getCause().getMessage());
            return e.getCause() instanceof NullPointerException ? message + " is missing" : message;
        }
        String message = e.getOriginalMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : JACKSON_ONLY.matcher(message).replaceFirst("");
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
