package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fake Tuya cloud: an HTTP server on the loopback interface that checks signatures and tokens, keeps devices with
 * their state, and fails on demand.
 *
 * <pre>{@code
 * try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
 *     fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.code(1010, "token is expired")).times(1);
 *     // point a client at fake.endpoint(), with fake.apiKey() and fake.apiSecret()
 * }
 * }</pre>
 *
 * <p>Initially, it contains the {@link DemoWorld}. It is thread-safe. Close it when you are done, because its threads
 * keep the JVM alive.
 */
public final class FakeTuyaCloud implements AutoCloseable {
    private final String apiKey;
    private final String apiSecret;
    private final Clock clock;
    private final World world = new World();
    private final WorldGenerator generator = new WorldGenerator();
    private final Quirks quirks;
    private final FaultRules faults = new FaultRules();
    private final Closing closing = new Closing();
    private final Router router = new Router();
    private final Agenda agenda;
    private final DeviceActions actions;
    private final TokenIssuer tokens;
    private final RequestLog log;
    private final MessageGateway messageGateway;
    private final FakeServer server;
    private final FakeMessages messages;

    FakeTuyaCloud(FakeTuyaCloudBuilder builder) {
        apiKey = builder.apiKey;
        apiSecret = builder.apiSecret;
        clock = builder.clock;
        quirks = new Quirks(builder.quirks, clock);
        agenda = new Agenda(clock);
        actions = new DeviceActions(clock, agenda, quirks, this::publish);
        tokens = new TokenIssuer(clock, builder.tokenLifetime, builder.mintNewTokenEachTime);
        log = new RequestLog(builder.requestLogLimit);
        if (builder.demoWorld) {
            DemoWorld.fill(world, clock);
        }
        if (quirks.has(Quirk.INFRARED_DEVICES)) {
            DemoWorld.addInfrared(world);
        }
        RequestCheck check = new RequestCheck(apiKey, apiSecret, builder.oldSignAlgorithm, clock, tokens);
        Envelopes envelopes = new Envelopes(clock);
        messageGateway = new MessageGateway(apiKey, apiSecret, clock);
        addEndpoints();
        server = new FakeServer(
                new CloudDispatcher(
                        router,
                        check,
                        faults,
                        log,
                        quirks,
                        envelopes,
                        closing,
                        builder.latency,
                        messageGateway,
                        agenda),
                builder.tls);
        messages = new FakeMessages(server, world, clock, quirks, new MessageEncoder(apiSecret, clock), messageGateway);
    }

    /**
     * Starts a fake cloud with the demo world on a free port.
     *
     * @return the running fake cloud
     */
    public static FakeTuyaCloud start() {
        return builder().start();
    }

    /** {@return a new builder for a fake cloud with other settings} */
    public static FakeTuyaCloudBuilder builder() {
        return new FakeTuyaCloudBuilder();
    }

    /** {@return the base URL for the client's configuration, such as {@code http://127.0.0.1:12345}} */
    public String endpoint() {
        return server.endpoint();
    }

    /** {@return the port of the loopback interface on which it listens} */
    public int port() {
        return server.port();
    }

    /** {@return the only client id (API key) that it accepts} */
    public String apiKey() {
        return apiKey;
    }

    /** {@return the API secret with which requests must be signed} */
    public String apiSecret() {
        return apiSecret;
    }

    // Contents

    /**
     * Adds an app account without devices.
     *
     * @param user the account
     * @return this fake cloud
     */
    public FakeTuyaCloud addUser(FakeUser user) {
        world.add(user);
        return this;
    }

    /**
     * Adds a product without devices.
     *
     * @param product the product
     * @return this fake cloud
     */
    public FakeTuyaCloud addProduct(FakeProduct product) {
        world.add(product);
        return this;
    }

    /**
     * Adds a device, and its user and product if they are new.
     *
     * @param device the device
     * @return this fake cloud
     * @throws IllegalArgumentException if there already is a device with that id
     */
    public FakeTuyaCloud addDevice(FakeDevice device) {
        world.add(device);
        return this;
    }

    /**
     * Adds a home, and its user if it is new.
     *
     * @param home the home
     * @return this fake cloud
     */
    public FakeTuyaCloud addHome(FakeHome home) {
        world.add(home);
        return this;
    }

    /**
     * Adds generated users, products and devices, the same in every run. Each user gets a home.
     *
     * @param users the number of users
     * @param products the number of products
     * @param devices the number of devices, distributed evenly among users and products; every tenth is offline
     * @return this fake cloud
     */
    public FakeTuyaCloud seed(int users, int products, int devices) {
        generator.fill(world, users, products, devices);
        return this;
    }

    /**
     * Adds events to the log of a device, in any order.
     *
     * @param deviceId the device
     * @param entries the events
     * @return this fake cloud
     */
    public FakeTuyaCloud addLog(String deviceId, FakeLogEntry... entries) {
        return addLog(deviceId, List.of(entries));
    }

    /**
     * Adds events to the log of a device, in any order.
     *
     * @param deviceId the device
     * @param entries the events
     * @return this fake cloud
     */
    public FakeTuyaCloud addLog(String deviceId, Collection<FakeLogEntry> entries) {
        device(deviceId).log().addAll(entries);
        return this;
    }

    /**
     * Reports a value as if the device had just sent it. This changes the device's status and log. If any client has
     * subscribed to messages, the report is pushed as defined by the device's {@link Temper}.
     *
     * @param deviceId the device
     * @param code the data point
     * @param value the new value
     * @return this fake cloud
     */
    public FakeTuyaCloud report(String deviceId, String code, Object value) {
        actions.report(device(deviceId), code, value);
        return this;
    }

    /**
     * Removes a device.
     *
     * @param deviceId the device
     * @return whether there was such a device
     */
    public boolean removeDevice(String deviceId) {
        return world.remove(deviceId);
    }

    /**
     * Returns a device, which can be inspected and changed.
     *
     * @param deviceId the device
     * @return the device itself, not a copy
     * @throws IllegalArgumentException if there is no such device
     */
    public FakeDevice device(String deviceId) {
        FakeDevice device = world.find(deviceId);
        if (device == null) {
            throw new IllegalArgumentException("there is no device " + deviceId + " in the fake cloud");
        }
        return device;
    }

    /** {@return a snapshot of all devices, in the order in which they were added} */
    public List<FakeDevice> devices() {
        return world.devices();
    }

    /** {@return a snapshot of all users, in the order in which they were added} */
    public List<FakeUser> users() {
        return world.users();
    }

    /** {@return the message service of this fake cloud, which pushes live messages} */
    public FakeMessages messages() {
        return messages;
    }

    // Behavior

    /**
     * Sets whether the list of all linked devices omits the local keys, as the real one sometimes does; false by
     * default.
     *
     * @param omit whether they are omitted
     * @return this fake cloud
     */
    public FakeTuyaCloud omitLocalKeysInAssociatedList(boolean omit) {
        quirks.omitLocalKeysInAssociatedList = omit;
        return this;
    }

    /**
     * Sets whether the list of all linked devices omits the gateway ids, as the real one usually does; true by default.
     *
     * @param omit whether they are omitted
     * @return this fake cloud
     */
    public FakeTuyaCloud omitGatewayIdsInAssociatedList(boolean omit) {
        quirks.omitGatewayIdsInAssociatedList = omit;
        return this;
    }

    /**
     * Sets whether a log includes events at the exact start and end of the requested time; it includes both by default.
     *
     * @param startIncluded whether the start is included
     * @param endIncluded whether the end is included
     * @return this fake cloud
     */
    public FakeTuyaCloud logBounds(boolean startIncluded, boolean endIncluded) {
        quirks.logStartIncluded = startIncluded;
        quirks.logEndIncluded = endIncluded;
        return this;
    }

    /**
     * Runs everything that is due by the fake cloud's clock: the delayed changes and reports of devices (see
     * {@link Temper}). They also run without this call some time after the clock was moved; this method returns after
     * they have run.
     *
     * @return this fake cloud
     */
    public FakeTuyaCloud runDue() {
        agenda.runDue();
        return this;
    }

    /**
     * Expires all tokens: calls that use them are refused with 1010, and the next token call returns a new one.
     *
     * @return this fake cloud
     */
    public FakeTuyaCloud expireTokens() {
        tokens.expireAll();
        return this;
    }

    /**
     * Sets that each token expires after a number of calls.
     *
     * @param calls the number of calls for which a token is valid, not counting token calls
     * @return this fake cloud
     */
    public FakeTuyaCloud killTokensAfter(int calls) {
        tokens.killAfter(calls);
        return this;
    }

    /**
     * Creates a rule for one endpoint: {@code on("GET", "/v1.0/devices/{id}").fail(...)}. A segment in braces matches
     * any single segment; a concrete id instead limits the rule to one device.
     *
     * @param method the HTTP method, in capitals
     * @param pathTemplate the path without host and query
     * @return the rule, which does nothing until {@link FaultRule#fail} is called
     * @throws IllegalArgumentException if no endpoint has that method and path: the rule would never apply. The message
     *     lists the endpoints; {@link #addEndpoint} adds another one.
     */
    public FaultRule on(String method, String pathTemplate) {
        PathTemplate template = new PathTemplate(pathTemplate);
        if (!router.knows(method, template)) {
            throw new IllegalArgumentException("the fake cloud has no endpoint " + method + " " + pathTemplate
                    + ", so this rule would never apply; it has:\n  "
                    + String.join("\n  ", router.known())
                    + "\nCall addEndpoint(...) first to add one that it does not have.");
        }
        return new FaultRule(faults, method, template);
    }

    /**
     * Adds an endpoint. Its requests are checked like all others.
     *
     * @param method the HTTP method, in capitals
     * @param pathTemplate the path without host and query; a segment in braces matches any single segment
     * @param result the {@code result} of every response, as plain Java
     * @return this fake cloud
     * @throws IllegalArgumentException if there already is an endpoint with that method and path; use {@link #on} to
     *     change its responses
     */
    public FakeTuyaCloud addEndpoint(String method, String pathTemplate, @Nullable Object result) {
        PathTemplate template = new PathTemplate(pathTemplate);
        if (router.has(method, template)) {
            throw new IllegalArgumentException("the fake cloud already has " + method + " " + pathTemplate
                    + "; change its responses with on(...)");
        }
        JsonNode response = Json.tree(result);
        router.add(method, pathTemplate, call -> response.deepCopy());
        return this;
    }

    /**
     * {@return a new rule for every request, including token calls; it does nothing until {@link FaultRule#fail} is
     * called}
     */
    public FaultRule onAny() {
        return new FaultRule(faults, null, null);
    }

    /** {@return a new rule for the calls that fetch a token; it does nothing until {@link FaultRule#fail} is called} */
    public FaultRule onToken() {
        return on("GET", TokenEndpoints.TEMPLATE);
    }

    /**
     * Removes all rules.
     *
     * @return this fake cloud
     */
    public FakeTuyaCloud clearFaults() {
        faults.clear();
        return this;
    }

    // What it received

    /** {@return a snapshot of the most recent requests, oldest first, including those that have no response yet} */
    public List<FakeRequest> requests() {
        return log.list();
    }

    /** {@return the number of all requests, including refused ones and token calls} */
    public long requestCount() {
        return log.count();
    }

    /**
     * Returns the number of requests to one endpoint.
     *
     * @param method the HTTP method, in capitals
     * @param pathTemplate the path, as in {@link FakeRequest#template()}
     * @return the number of requests
     */
    public long requestCount(String method, String pathTemplate) {
        return log.count(method, pathTemplate);
    }

    /** {@return the number of token calls} */
    public long tokenRequests() {
        return requestCount("GET", TokenEndpoints.TEMPLATE);
    }

    /**
     * Waits until a total number of requests has arrived.
     *
     * @param requests the number to wait for
     * @param timeout how long to wait
     * @return false if fewer requests arrived within the timeout
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitRequestCount(long requests, Duration timeout) throws InterruptedException {
        return log.await(requests, timeout);
    }

    /** {@return the number of connections on which the requests arrived} */
    public int connections() {
        return log.connections();
    }

    /**
     * Removes all recorded requests and resets the counts to zero.
     *
     * @return this fake cloud
     */
    public FakeTuyaCloud clearRequests() {
        log.clear();
        return this;
    }

    /**
     * Returns the commands that a device has carried out, oldest first.
     *
     * @param deviceId the device
     * @return a snapshot
     * @throws IllegalArgumentException if there is no such device
     */
    public List<FakeCommand> commands(String deviceId) {
        return device(deviceId).commands();
    }

    /** Closes the server immediately, even in the middle of responses, and waits until its threads have ended. */
    @Override
    public void close() {
        closing.begin();
        agenda.close();
        messageGateway.close();
        server.close();
    }

    /** Publishes a report if there has been a subscription; otherwise, the messages would pile up. */
    private void publish(DeviceReport report) {
        if (messageGateway.handshakes() > 0) {
            messages.push(report.toMessage());
        }
    }

    private void addEndpoints() {
        TokenEndpoints.addTo(router, tokens);
        DeviceEndpoints.addTo(router, world, quirks);
        DeviceListEndpoints.addTo(router, world, quirks);
        SpecificationEndpoints.addTo(router, world, quirks);
        CommandEndpoints.addTo(router, world, actions);
        LogEndpoints.addTo(router, world, quirks, clock);
        ThingEndpoints.addTo(router, world, actions, quirks);
        HomeEndpoints.addTo(router, world, actions, quirks);
        DoorLockEndpoints.addTo(router, world, clock, apiSecret);
    }
}
