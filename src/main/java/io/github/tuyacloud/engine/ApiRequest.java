package io.github.tuyacloud.engine;

import io.github.tuyacloud.config.CallTag;
import io.github.tuyacloud.http.HttpMethod;
import io.github.tuyacloud.json.Json;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request before it is signed: method, path, query and body; immutable.
 *
 * <p>The body is serialized once, because the same bytes must be signed and sent.
 */
public final class ApiRequest {

    private static final byte[] NO_BODY = new byte[0];

    /** The paths of IoT Core. Logs and locks, for example, belong to other services. */
    private static final String IOT_CORE = "/v[0-9.]+/(token.*|iot-0[0-9]/.*|cloud/thing/.*"
            + "|devices(/[^/]+)?(/(status|commands|functions|specifications?|sub-devices))?)";

    private final HttpMethod method;
    private final String operation;
    private final String template;
    private final String endpoint;
    private final String path;
    private final QueryParameters query;
    private final byte[] body;

    private ApiRequest(
            HttpMethod method, String template, String endpoint, String path, QueryParameters query, byte[] body) {
        this.method = method;
        this.operation = method + " " + template;
        this.template = template;
        this.endpoint = endpoint;
        this.path = path;
        this.query = query;
        this.body = body;
    }

    /** Creates a copy with another query and body. */
    private ApiRequest(ApiRequest source, QueryParameters query, byte[] body) {
        this.method = source.method;
        this.operation = source.operation;
        this.template = source.template;
        this.endpoint = source.endpoint;
        this.path = source.path;
        this.query = query;
        this.body = body;
    }

    /**
     * Creates a GET request.
     *
     * @param template a path with {@code {id}} for each id
     * @param ids the ids, in order
     * @return the request
     * @throws IllegalArgumentException if an id is blank or would change the path
     */
    public static ApiRequest get(String template, String... ids) {
        return of(HttpMethod.GET, template, ids);
    }

    /**
     * Creates a request.
     *
     * @param method the HTTP method
     * @param template a path with {@code {id}} for each id
     * @param ids the ids, in order
     * @return the request
     * @throws IllegalArgumentException if an id is blank or would change the path
     */
    public static ApiRequest of(HttpMethod method, String template, String... ids) {
        return new ApiRequest(
                method, template, template, PathTemplate.expand(template, ids), QueryParameters.NONE, NO_BODY);
    }

    /**
     * Creates a request from a caller's URL.
     *
     * @param url a path, with or without a leading slash, optionally followed by an encoded query
     * @param action the HTTP method; null for POST if there is a body, else GET
     * @param post the body, serialized as JSON; null for none
     * @param query additional query parameters; null values are omitted
     * @return the request
     * @throws IllegalArgumentException if an argument is invalid
     */
    public static ApiRequest ofUrl(
            String url,
            @Nullable String action,
            @Nullable Object post,
            @Nullable Map<String, ? extends @Nullable Object> query) {
        int mark = url.indexOf('?');
        String bare = mark < 0 ? url : url.substring(0, mark);
        String path = PathTemplate.checkPath(bare.startsWith("/") ? bare : "/" + bare);
        QueryParameters parameters = mark < 0 ? QueryParameters.NONE : QueryParameters.parse(url.substring(mark + 1));
        HttpMethod fallback = post == null ? HttpMethod.GET : HttpMethod.POST;
        HttpMethod method = action == null ? fallback : HttpMethod.of(action);
        if (method == HttpMethod.GET && post != null) {
            throw new IllegalArgumentException("A GET request has no body: omit post, or use POST, PUT or DELETE");
        }
        return new ApiRequest(
                method,
                PathTemplate.fold(path),
                path,
                path,
                query == null ? parameters : parameters.withAll(query),
                post == null ? NO_BODY : Json.writeBytes(post));
    }

    /**
     * Adds a query parameter.
     *
     * @param name the name, which must be new
     * @param value the decoded value, sent as a string; null adds nothing
     * @return a copy with the parameter
     */
    public ApiRequest query(String name, @Nullable Object value) {
        return new ApiRequest(this, query.with(name, value), body);
    }

    /**
     * Adds query parameters.
     *
     * @param parameters the decoded values by name
     * @return a copy with the parameters
     */
    public ApiRequest query(Map<String, ? extends @Nullable Object> parameters) {
        return new ApiRequest(this, query.withAll(parameters), body);
    }

    /**
     * Adds a query parameter with a list of ids.
     *
     * @param name the name, which must be new
     * @param ids the ids, sent as a comma-separated list
     * @return a copy with the parameter
     * @throws IllegalArgumentException if an id is blank or invalid
     */
    public ApiRequest queryIds(String name, Collection<String> ids) {
        return query(name, ids.stream().map(PathTemplate::checkId).toList());
    }

    /**
     * Sets the body.
     *
     * @param value the body, serialized as JSON
     * @return a copy with the body
     */
    public ApiRequest body(Object value) {
        return new ApiRequest(this, query, Json.writeBytes(value));
    }

    /**
     * Returns the name of the call for log lines and exceptions, without ids.
     *
     * @return the method and the path template
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns the endpoint, for which the cloud's refusals are remembered: method and template for the library's own
     * calls, method and path for a caller's URL.
     */
    String endpoint() {
        return method + " " + endpoint;
    }

    /** The kinds of requests that have different hints. */
    enum Purpose {
        /** A GET request. */
        READ,
        /** A command of the instruction set. */
        COMMAND,
        /** Properties or an action of the thing model. */
        PROPERTIES,
        /** Any other write. */
        WRITE
    }

    Purpose purpose() {
        if (!method.writes()) {
            return Purpose.READ;
        }
        if (path.endsWith("/commands")) {
            return Purpose.COMMAND;
        }
        return path.contains("/shadow/") ? Purpose.PROPERTIES : Purpose.WRITE;
    }

    CallTag tag() {
        return new CallTag(method.name(), template);
    }

    HttpMethod method() {
        return method;
    }

    /** Returns whether the request fetches a token; such requests are signed without one. */
    boolean isAboutToken() {
        return path.startsWith("/v1.0/token") || path.startsWith("/v1.0/authorize_token");
    }

    /**
     * Returns whether the call belongs to the service that every project needs, and not to one that has a subscription
     * of its own.
     */
    boolean isOfIotCore() {
        return path.matches(IOT_CORE);
    }

    /** Returns the path with the decoded query, as it is signed. */
    String urlToSign() {
        return query.isEmpty() ? path : path + "?" + query.toSign();
    }

    /** Returns the path, as it is signed and sent. */
    String path() {
        return path;
    }

    /** Returns the encoded query, as it is sent, or null. */
    @Nullable
    String encodedQuery() {
        return query.isEmpty() ? null : query.encoded();
    }

    /** Returns the bytes of the body, which must not be modified; empty without a body. */
    byte[] bodyBytes() {
        return body;
    }

    @Override
    public String toString() {
        return operation();
    }
}
