package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the endpoint of a request by method and path. */
final class Router {
    /** One endpoint: returns the {@code result} of its response or throws a {@link Refusal}. */
    @FunctionalInterface
    interface Endpoint {
        JsonNode result(Call call);
    }

    /** The endpoint of a request, with the values of its path variables. */
    record Match(String template, Endpoint endpoint, Map<String, String> variables) {}

    private record Route(String method, PathTemplate template, Endpoint endpoint) {}

    private volatile List<Route> routes = List.of();

    synchronized Router add(String method, String template, Endpoint endpoint) {
        List<Route> more = new ArrayList<>(routes);
        more.add(new Route(method, new PathTemplate(template), endpoint));
        // Literal segments win over variables: .../devices/status is not a device called "status".
        more.sort(Comparator.comparingInt(route -> route.template.variableCount()));
        routes = List.copyOf(more);
        return this;
    }

    /** Returns whether there is an endpoint with this very path; the names of path variables do not matter. */
    boolean has(String method, PathTemplate template) {
        return routes.stream()
                .anyMatch(route -> route.method.equals(method)
                        && route.template.overlaps(template)
                        && route.template.variableCount() == template.variableCount());
    }

    /**
     * Returns whether a request that fits this template can reach an endpoint; the names of path variables do not
     * matter.
     */
    boolean knows(String method, PathTemplate template) {
        return routes.stream().anyMatch(route -> route.method.equals(method) && route.template.overlaps(template));
    }

    /** Returns the endpoints as {@code METHOD /path}, sorted by path. */
    List<String> known() {
        return routes.stream()
                .sorted(Comparator.comparing((Route route) -> route.template.toString())
                        .thenComparing(Route::method))
                .map(route -> route.method + " " + route.template)
                .toList();
    }

    /**
     * Returns the endpoint of a request; empty for an unknown path and for a wrong method, which the cloud does not
     * distinguish.
     */
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
