package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Tuya cloud of one's own: an HTTP server on the loopback interface that checks signatures and tokens, keeps devices
 * and their state, and fails when told to.
 *
 * <pre>{@code
 * try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
 *     fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.code(1010, "token is expired")).times(1);
 *     // point a client at fake.endpoint(), with fake.apiKey() and fake.apiSecret()
 * }
 * }</pre>
 *
 * <p>{@link DemoWorld} says what is in it at the start. It is safe for many threads, and must be closed: its threads
 * would keep the JVM alive.
 */
public final class FakeTuyaCloud implements AutoCloseable {
    private final String apiKey;
    private final String apiSecret;
    private final Clock clock;
    private final World world = new World();
    private final WorldGenerator generator = new WorldGenerator();
    private final Quirks quirks;
    private final FaultBook faults = new FaultBook();
    private final Closing closing = new Closing();
    private final Router router = new Router();
    private final Agenda agenda;
    private final DeviceActions actions;
    private final TokenDesk tokens;
    private final RequestLog log;
    private final MessageDoor messageDoor;
    private final FakeServer server;
    private final FakeMessages messages;

    FakeTuyaCloud(FakeTuyaCloudBuilder made) {
        apiKey = made.apiKey;
        apiSecret = made.apiSecret;
        clock = made.clock;
        quirks = new Quirks(made.quirks, clock);
        agenda = new Agenda(clock);
        actions = new DeviceActions(clock, agenda, quirks, this::publish);
        tokens = new TokenDesk(clock, made.tokenLifetime, made.mintNewTokenEachTime);
        log = new RequestLog(made.requestLogLimit);
        if (made.demoWorld) {
            DemoWorld.fill(world, clock);
        }
        if (quirks.has(Quirk.INFRARED_DEVICES)) {
            DemoWorld.addInfrared(world);
        }
        RequestCheck check = new RequestCheck(apiKey, apiSecret, made.oldSignAlgorithm, clock, tokens);
        Envelopes envelopes = new Envelopes(clock);
        messageDoor = new MessageDoor(apiKey, apiSecret, clock);
        addEndpoints();
        server = new FakeServer(
                new CloudDispatcher(
                        router, check, faults, log, quirks, envelopes, closing, made.latency, messageDoor, agenda),
                made.tls);
        messages = new FakeMessages(server, world, clock, quirks, new MessageSeal(apiSecret, clock), messageDoor);
    }

    /** Starts the demo world on a free port. */
    public static FakeTuyaCloud start() {
        return builder().start();
    }

    /** Starts something more special. */
    public static FakeTuyaCloudBuilder builder() {
        return new FakeTuyaCloudBuilder();
    }

    /** What a client takes for the address of the cloud, as in {@code http://127.0.0.1:12345}. */
    public String endpoint() {
        return server.endpoint();
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** The client id that it lets in. */
    public String apiKey() {
        return apiKey;
    }

    /** The secret that requests must be signed with. */
    public String apiSecret() {
        return apiSecret;
    }

    // What is in the world

    /** Adds an app account without devices. */
    public FakeTuyaCloud addUser(FakeUser user) {
        world.add(user);
        return this;
    }

    /** Adds a product without devices. */
    public FakeTuyaCloud addProduct(FakeProduct product) {
        world.add(product);
        return this;
    }

    /** Adds a device, and its user and product with it when they are new. */
    public FakeTuyaCloud addDevice(FakeDevice device) {
        world.add(device);
        return this;
    }

    /** Adds a home, and its user with it when that one is new. */
    public FakeTuyaCloud addHome(FakeHome home) {
        world.add(home);
        return this;
    }

    /** Adds as many users, products and devices, made up but the same in every run; each user gets a home. */
    public FakeTuyaCloud seed(int users, int products, int devices) {
        generator.fill(world, users, products, devices);
        return this;
    }

    /** Puts events into the log of a device, in any order. */
    public FakeTuyaCloud addLog(String deviceId, FakeLogEntry... entries) {
        return addLog(deviceId, List.of(entries));
    }

    /** Puts events into the log of a device, in any order. */
    public FakeTuyaCloud addLog(String deviceId, Collection<FakeLogEntry> entries) {
        device(deviceId).log().addAll(entries);
        return this;
    }

    /**
     * Lets a device report a value of its own accord, now. Its status and its log change; the report is pushed as the device's
     * {@link Temper} has it, once a client has subscribed to messages.
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

    /** Takes a device away; true when it was there. */
    public boolean removeDevice(String deviceId) {
        return world.remove(deviceId);
    }

    /** The device with this id, to look at and to change. */
    public FakeDevice device(String deviceId) {
        FakeDevice device = world.find(deviceId);
        if (device == null) {
            throw new IllegalArgumentException("there is no device " + deviceId + " in the fake cloud");
        }
        return device;
    }

    /** All devices, in the order in which they came. */
    public List<FakeDevice> devices() {
        return world.devices();
    }

    /** All users, in the order in which they came. */
    public List<FakeUser> users() {
        return world.users();
    }

    /** The message service, to push live messages with. */
    public FakeMessages messages() {
        return messages;
    }

    // How it behaves

    /** Whether the list of all linked devices leaves the local keys out, as the real one sometimes does. */
    public FakeTuyaCloud omitLocalKeysInAssociatedList(boolean omit) {
        quirks.omitLocalKeysInAssociatedList = omit;
        return this;
    }

    /** Whether the list of all linked devices leaves the gateways out, as the real one usually does. */
    public FakeTuyaCloud omitGatewayIdsInAssociatedList(boolean omit) {
        quirks.omitGatewayIdsInAssociatedList = omit;
        return this;
    }

    /** Whether events at the very start and the very end of the time asked for are in the log; both unless set. */
    public FakeTuyaCloud logBounds(boolean startIncluded, boolean endIncluded) {
        quirks.logStartIncluded = startIncluded;
        quirks.logEndIncluded = endIncluded;
        return this;
    }

    /**
     * Runs everything that is due by the fake cloud's clock: late changes and late reports of devices, see {@link Temper}.
     * It happens without this call too, but at some moment after the clock was moved; this method returns when it has
     * happened.
     *
     * @return this fake cloud
     */
    public FakeTuyaCloud runDue() {
        agenda.runDue();
        return this;
    }

    /** Ends the life of all tokens: who uses one is told so, who asks gets a new one. */
    public FakeTuyaCloud expireTokens() {
        tokens.expireAll();
        return this;
    }

    /** Lets each token die after so many business calls. */
    public FakeTuyaCloud killTokensAfter(int calls) {
        tokens.killAfter(calls);
        return this;
    }

    /**
     * Creates a rule for one endpoint: {@code on("GET", "/v1.0/devices/{id}").fail(...)}. A segment in braces stands for any
     * one segment; an id in its place limits the rule to one device.
     *
     * @param method the HTTP method, in capitals
     * @param pathTemplate the path without host and query
     * @return the rule, which does nothing until it is told how to fail
     * @throws IllegalArgumentException if no endpoint has that method and path: the rule would never apply. The message lists
     *     the endpoints; {@link #addEndpoint} adds another one.
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
     * Adds an endpoint that the fake cloud does not have. Its requests are checked like all others.
     *
     * @param method the HTTP method, in capitals
     * @param pathTemplate the path without host and query; a segment in braces stands for any one segment
     * @param result the {@code result} of every answer, as plain Java
     * @return this fake cloud
     * @throws IllegalArgumentException if there is an endpoint with that method and path already; {@link #on} changes its
     *     answers
     */
    public FakeTuyaCloud addEndpoint(String method, String pathTemplate, @Nullable Object result) {
        PathTemplate template = new PathTemplate(pathTemplate);
        if (router.has(method, template)) {
            throw new IllegalArgumentException(
                    "the fake cloud already has " + method + " " + pathTemplate + "; change its answers with on(...)");
        }
        JsonNode answer = Json.tree(result);
        router.add(method, pathTemplate, call -> answer.deepCopy());
        return this;
    }

    /** Begins a rule for every request, those for tokens too. */
    public FaultRule onAny() {
        return new FaultRule(faults, null, null);
    }

    /** Begins a rule for the calls that fetch a token. */
    public FaultRule onToken() {
        return on("GET", TokenEndpoints.TEMPLATE);
    }

    /** From now on nothing fails. */
    public FakeTuyaCloud clearFaults() {
        faults.clear();
        return this;
    }

    // What it saw

    /** The last requests, oldest first; those whose answer is held back too. */
    public List<FakeRequest> requests() {
        return log.list();
    }

    /** How many requests came, good and bad, for tokens and for business. */
    public long requestCount() {
        return log.count();
    }

    /** How many requests came for one endpoint. */
    public long requestCount(String method, String pathTemplate) {
        return log.count(method, pathTemplate);
    }

    /** How many times somebody asked for a token. */
    public long tokenRequests() {
        return requestCount("GET", TokenEndpoints.TEMPLATE);
    }

    /** Waits until so many requests have come in all; false when they have not come in that time. */
    public boolean awaitRequestCount(long requests, Duration timeout) throws InterruptedException {
        return log.await(requests, timeout);
    }

    /** How many connections the requests came on. */
    public int connections() {
        return log.connections();
    }

    /** Forgets all requests and counts from nothing. */
    public FakeTuyaCloud clearRequests() {
        log.clear();
        return this;
    }

    /** What a device was told and did, oldest first. */
    public List<FakeCommand> commands(String deviceId) {
        return device(deviceId).commands();
    }

    /** Ends it at once, whatever is under way; waits until its threads are gone. */
    @Override
    public void close() {
        closing.begin();
        agenda.close();
        messageDoor.close();
        server.close();
    }

    /** Publishes nothing until somebody has subscribed once: the messages would only pile up. */
    private void publish(DeviceReport report) {
        if (messageDoor.handshakes() > 0) {
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
