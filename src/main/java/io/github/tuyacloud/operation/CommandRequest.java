package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.model.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that sends commands to a device.
 *
 * @param request the request
 * @param documented whether the path is one whose documented result is a boolean
 */
public record CommandRequest(ApiRequest request, boolean documented) {

    private static final String STANDARD = "/v1.0/iot-03/devices/{id}/commands";

    private static final Set<String> DOCUMENTED = Set.of("iot-03/devices", "devices");

    /** Several times the length of any path in the API. */
    private static final int MAX_URI_LENGTH = 500;

    private static final Pattern PATH_PART = Pattern.compile("[A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    /**
     * Returns the request for commands of the standard instruction set.
     *
     * @throws IllegalArgumentException if there is no command, or the device id is malformed
     */
    public static CommandRequest of(String deviceId, List<Command> commands) {
        if (commands.isEmpty()) {
            throw new IllegalArgumentException("There is no command: pass at least one, as Command.of(code, value)");
        }
        List<Map<String, @Nullable Object>> list = new ArrayList<>(commands.size());
        for (Command command : commands) {
            list.add(command.asMap());
        }
        ApiRequest request = ApiRequest.of(HttpMethod.POST, STANDARD, deviceId);
        return new CommandRequest(request.body(Map.of("commands", list)), true);
    }

    /**
     * Returns the request for an arbitrary body, to a path given by the caller.
     *
     * @throws IllegalArgumentException if the body is a text, or {@code uri} is not part of a path
     */
    public static CommandRequest of(String deviceId, Object body, String uri) {
        Objects.requireNonNull(deviceId, "deviceId");
        Objects.requireNonNull(uri, "uri");
        if (Objects.requireNonNull(body, "body") instanceof String) {
            throw new IllegalArgumentException("The body of a command cannot be a text:"
                    + " did you mean Command.of(...), as in sendCommand(deviceId, Command.of(code, value))?");
        }
        String family = uri.length() > MAX_URI_LENGTH ? "" : withoutOuterSlashes(uri);
        if (uri.length() > MAX_URI_LENGTH || !PATH_PART.matcher(family).matches() || family.contains("..")) {
            throw new IllegalArgumentException(
                    "The uri " + LogSafe.quote(uri) + " must be a part of a path, like devices/");
        }
        String path = "/v1.0/" + (family.isEmpty() ? "" : family + "/") + "{id}/commands";
        return new CommandRequest(
                ApiRequest.of(HttpMethod.POST, path, deviceId).body(body), DOCUMENTED.contains(family));
    }

    private static String withoutOuterSlashes(String uri) {
        int start = 0;
        int end = uri.length();
        while (start < end && uri.charAt(start) == '/') {
            start++;
        }
        while (end > start && uri.charAt(end - 1) == '/') {
            end--;
        }
        return uri.substring(start, end);
    }

    /** Sends the request. Returns true, or throws. */
    public boolean send(CallPipeline pipeline) {
        return Writes.send(pipeline, request, documented ? ResultReader.flag() : Writes.anythingButFalse());
    }
}
