package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the endpoint for a request by its method and path. */
final class Router {
    /** One endpoint: gives the {@code result} of its answer, or throws a {@link Refusal}. */
    @FunctionalInterface
    interface Endpoint {
        JsonNode answer(Call call);
    }

    /** An endpoint that was found, with what stood for its path variables. */
    record Match(String template, Endpoint endpoint, Map<String, String> variables) {}

    private record Route(String method, PathTemplate template, Endpoint endpoint) {}

    private final List<Route> routes = new ArrayList<>();

    Router add(String method, String template, Endpoint endpoint) {
        routes.add(new Route(method, new PathTemplate(template), endpoint));
        // What is spelled out goes before what is variable: .../devices/status is no device called "status".
        routes.sort(Comparator.comparingInt(route -> route.template.variableCount()));
        return this;
    }

    /** Empty for an unknown path and for a wrong method, which the cloud does not tell apart. */
    Optional<Match> find(String method, String path) {
        List<String> segments = PathTemplate.segments(path);
        for (Route route : routes) {
            if (route.method.equals(method)) {
                Optional<Map<String, String>> variables = route.template.match(segments);
                if (variables.isPresent()) {
                    return Optional.of(new Match(route.template.toString(), route.endpoint, variables.get()));
                }
            }
        }
        return Optional.empty();
    }
}
