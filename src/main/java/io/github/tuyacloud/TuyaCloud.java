package io.github.tuyacloud;

import static java.util.Objects.requireNonNull;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.live.LiveDevicesBuilder;
import io.github.tuyacloud.model.CheckUpReport;
import io.github.tuyacloud.model.CloudRequest;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceFunctions;
import io.github.tuyacloud.model.DeviceListOptions;
import io.github.tuyacloud.model.DeviceLog;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.LogEntry;
import io.github.tuyacloud.model.Usage;
import io.github.tuyacloud.operation.CommandRequest;
import io.github.tuyacloud.operation.Results;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client for the Tuya cloud, bound to one project. It lists, reads, controls and monitors the devices of the app
 * accounts that are linked to the project.
 *
 * <p>Create one client and share it: it is safe for use by multiple threads, keeps connections open, and fetches and
 * renews the access token itself. Creating a client sends nothing. Close it when you are done; an unclosed client does
 * not keep the program from exiting.
 *
 * <pre>{@code
 * try (TuyaCloud cloud = new TuyaCloud()) { // reads ./tinytuya.json
 *     for (Device device : cloud.getDevices()) {
 *         System.out.println(device.name() + " is " + (device.online() ? "online" : "offline"));
 *     }
 *     cloud.sendCommand("bf1234567890abcdefghij", Command.of("switch_1", true));
 * }
 * }</pre>
 *
 * <p>Every method blocks until the cloud has responded, the call timeout has passed, or the thread is interrupted.
 * Every failure is a {@link io.github.tuyacloud.exception.TuyaException} whose message says what to do. An invalid
 * argument causes an {@link IllegalArgumentException}, a null argument a {@link NullPointerException}, and a call on a
 * closed client an {@link IllegalStateException}. If the client is closed during a command, the exception says whether
 * the command may have been carried out.
 */
public final class TuyaCloud implements AutoCloseable {

    private final Wiring wiring;
    private final CallPipeline pipeline;
    private final boolean owner;

    /**
     * Creates a client from the file {@code tinytuya.json} in the working directory.
     *
     * @throws io.github.tuyacloud.exception.TuyaConfigException if the file is missing or invalid
     */
    public TuyaCloud() {
        this(builder());
    }

    /**
     * Creates a client from a file in the format of {@code tinytuya.json}.
     *
     * @param configFile a file with {@code apiKey}, {@code apiSecret}, {@code apiRegion}, {@code apiDeviceID}
     * @throws io.github.tuyacloud.exception.TuyaConfigException if the file is missing or invalid
     */
    public TuyaCloud(Path configFile) {
        this(builder().configFile(configFile));
    }

    /**
     * Creates a client for a project.
     *
     * @param region the code of the project's data center, such as {@code eu}; see {@link Region}
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @throws IllegalArgumentException if the region is unknown, or the key or secret is blank
     */
    public TuyaCloud(String region, String apiKey, String apiSecret) {
        this(builder().region(region).apiKey(apiKey).apiSecret(apiSecret));
    }

    /**
     * Creates a client for a project that lists only the devices of certain owners.
     *
     * @param region the code of the project's data center, such as {@code eu}; see {@link Region}
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @param apiDeviceId a device id, or several separated by commas: {@link #getDevices()} lists all devices of their
     *     owners. Blank means none
     * @throws IllegalArgumentException if the region is unknown, or the key or secret is blank
     */
    public TuyaCloud(String region, String apiKey, String apiSecret, String apiDeviceId) {
        this(builder().region(region).apiKey(apiKey).apiSecret(apiSecret).apiDeviceId(apiDeviceId));
    }

    private TuyaCloud(TuyaCloudBuilder builder) {
        this(builder.assemble(), true);
    }

    TuyaCloud(Wiring wiring, boolean owner) {
        this.wiring = wiring;
        this.pipeline = wiring.pipeline();
        this.owner = owner;
    }

    /** {@return a new builder for a client with options} */
    public static TuyaCloudBuilder builder() {
        return new TuyaCloudBuilder();
    }

    /**
     * Returns a view of this client with a different call timeout:
     * {@code cloud.withCallTimeout(Duration.ofSeconds(2)).getStatus(id)}. The timeout applies to each call to the
     * cloud, not to a whole method.
     *
     * <p>A view owns nothing. It shares this client's token, usage, budget, rate, mappings, region, messages and
     * connections. Closing the view does nothing; closing this client closes the view.
     *
     * @param timeout more than zero, at most an hour
     * @return a view
     * @throws IllegalArgumentException if it is out of range
     */
    public TuyaCloud withCallTimeout(Duration timeout) {
        return new TuyaCloud(
                wiring.withPipeline(pipeline.withCallTimeout(TuyaCloudBuilder.checkedTimeout(timeout))), false);
    }

    /**
     * Returns a view of this client with a different retry policy. See {@link #withCallTimeout} about views.
     *
     * @param policy how reads are retried; token requests keep using this client's policy
     * @return a view
     */
    public TuyaCloud withRetries(RetryPolicy policy) {
        return new TuyaCloud(wiring.withPipeline(pipeline.withRetries(requireNonNull(policy, "policy"))), false);
    }

    /**
     * Returns which data center a project belongs to. Probes all data centers concurrently, with two requests each:
     * {@code GET /v1.0/token} and {@code GET /v1.0/iot-01/associated-users/devices} for the first device.
     *
     * <p>Each data center has 8 seconds to respond; nothing is retried. The secret is not sent: a data center sees only
     * the key and a signature. The requests do not count toward any client's {@link #usage()}.
     *
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @param furtherEndpoints base URLs to probe as well, such as that of a data center opened after this release:
     *     scheme, host and optionally a port; https, or http for a loopback host
     * @return what each data center returned, and the most likely one; refusals and timeouts are part of the report
     * @throws IllegalArgumentException if the key or secret is blank, or an endpoint is not a valid base URL
     * @throws io.github.tuyacloud.exception.TuyaTransportException if the thread is interrupted
     */
    public static RegionReport detectRegion(String apiKey, String apiSecret, String... furtherEndpoints) {
        return new RegionDetection(apiKey, apiSecret)
                .probe(RegionDetection.KNOWN, List.of(furtherEndpoints), RegionDetection.TIMEOUT);
    }

    /**
     * Returns all devices, with local keys, hardware addresses and absolute icon addresses.
     *
     * <p>Without {@code apiDeviceId}: {@code GET /v1.0/iot-01/associated-users/devices} for every 100 devices, and
     * {@code GET /v1.3/iot-03/devices} for every 200 of each account. With it: {@code GET /v1.0/devices/{id}} once for
     * each of those devices, and {@code GET /v1.0/users/{id}/devices} for each owner. Then
     * {@code GET /v1.0/devices/factory-infos} for every 50.
     *
     * @return the devices in the cloud's order
     */
    public List<Device> getDevices() {
        return getDevices(DeviceListOptions.builder().build());
    }

    /**
     * Like {@link #getDevices()}, but reuses an earlier list or includes DP mappings.
     *
     * @param options {@code oldList}: devices that have not changed since then keep its hardware addresses and
     *     mappings; {@code includeMap}: adds one {@code GET /v1.1/devices/{id}/specifications} for each product. If the
     *     specification of a product is refused or unreadable, its devices have no mapping, and a warning is logged
     * @return the devices
     */
    public List<Device> getDevices(DeviceListOptions options) {
        return wiring.operations().lister().list(requireNonNull(options, "options"));
    }

    /**
     * Returns all devices exactly as the cloud describes them: {@link #getDevices()} without the request for factory
     * data.
     *
     * @return the envelope of the last response, with the flat list of all devices as its {@code result}
     */
    public CloudResponse getDevicesVerbose() {
        return wiring.operations().lister().verbose();
    }

    /**
     * Adds hardware addresses, UUIDs and serial numbers, strips blanks from names, and makes icon addresses absolute:
     * {@code GET /v1.0/devices/factory-infos} for every 50 devices.
     *
     * @param devices such as {@code getDevicesVerbose().resultList(Device.class)}
     * @return the devices in the same order
     */
    public List<Device> filterDevices(List<Device> devices) {
        return filterDevices(devices, Map.of());
    }

    /**
     * Like {@link #filterDevices(List)}, but also adds local network addresses.
     *
     * @param devices the devices
     * @param ipByMac local addresses by MAC address, in upper or lower case, with or without colons
     * @return the devices in the same order
     */
    public List<Device> filterDevices(List<Device> devices, Map<String, String> ipByMac) {
        return wiring.operations().lister().filter(List.copyOf(devices), Map.copyOf(ipByMac));
    }

    /**
     * Returns the current values of a device: {@code GET /v1.0/iot-03/devices/{id}/status}.
     *
     * @param deviceId the device
     * @return its data points in the standard instruction set
     */
    public DeviceStatus getStatus(String deviceId) {
        return pipeline.call(get("/v1.0/iot-03/devices/{id}/status", deviceId), Results::status);
    }

    /**
     * Returns the commands that a device accepts: {@code GET /v1.0/iot-03/devices/{id}/functions}.
     *
     * @param deviceId the device
     * @return the data points that can be set
     */
    public DeviceFunctions getFunctions(String deviceId) {
        return pipeline.call(
                get("/v1.0/iot-03/devices/{id}/functions", deviceId), ResultReader.object(DeviceFunctions::fromMap));
    }

    /**
     * Returns a device's specification: {@code GET /v1.0/iot-03/devices/{id}/specification}.
     *
     * @param deviceId the device
     * @return what it accepts and what it reports, without DP ids
     */
    public DeviceSpecification getProperties(String deviceId) {
        return pipeline.call(
                get("/v1.0/iot-03/devices/{id}/specification", deviceId),
                ResultReader.object(DeviceSpecification::fromMap));
    }

    /**
     * Returns a device's specification with DP ids: {@code GET /v1.1/devices/{id}/specifications}.
     *
     * @param deviceId the device
     * @return what it accepts and what it reports, with DP ids
     */
    public DeviceSpecification getDps(String deviceId) {
        return wiring.operations().descriptions().specification(requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Returns whether a device is online: {@code GET /v1.0/devices/{id}}.
     *
     * @param deviceId the device
     * @return true if it is connected to the cloud
     */
    public boolean getConnectStatus(String deviceId) {
        return pipeline.call(get("/v1.0/devices/{id}", deviceId), ResultReader.object(Results::online));
    }

    /**
     * Sends commands to a device: {@code POST /v1.0/iot-03/devices/{id}/commands}.
     *
     * <p>The request is retried only if it was definitely not carried out. After a failure,
     * {@link io.github.tuyacloud.exception.TuyaTransportException#sent()} returns whether it may have been carried out.
     * If the cloud returns {@code result: false}, a {@link io.github.tuyacloud.exception.TuyaApiException} with code -1
     * is thrown.
     *
     * @param deviceId the device
     * @param commands one or more, carried out together
     * @return true: the cloud accepted them, without waiting for the device
     */
    public boolean sendCommand(String deviceId, Command... commands) {
        return sendCommand(deviceId, List.of(commands));
    }

    /**
     * Like {@link #sendCommand(String, Command...)}, but takes a list.
     *
     * @param deviceId the device
     * @param commands one or more, carried out together
     * @return true: the cloud accepted them, without waiting for the device
     */
    public boolean sendCommand(String deviceId, List<Command> commands) {
        return CommandRequest.of(deviceId, commands).send(pipeline);
    }

    /**
     * Sends an arbitrary body to a device: {@code POST /v1.0/{uri}{id}/commands}.
     *
     * @param deviceId the device
     * @param body written as JSON, such as {@code Map.of("commands", List.of(Command.of("switch_1", true)))}
     * @param uri {@code iot-03/devices/} or {@code devices/} (some projects may call only one of them); with any other
     *     path, a result that is not a boolean counts as true
     * @return true: the cloud accepted it, without waiting for the device
     * @throws IllegalArgumentException if the body is a string, or the uri is not part of a path
     */
    public boolean sendCommand(String deviceId, Object body, String uri) {
        return CommandRequest.of(deviceId, body, uri).send(pipeline);
    }

    /**
     * Returns a device's log of the last 24 hours: {@code GET /v1.0/devices/{id}/logs}, at most 50 pages of 100
     * entries.
     *
     * @param deviceId the device
     * @return the entries, newest first
     */
    public DeviceLog getDeviceLog(String deviceId) {
        return getDeviceLog(deviceId, DeviceLogQuery.builder().build());
    }

    /**
     * Returns part of a device's log: {@code GET /v1.0/devices/{id}/logs}, as many pages as needed.
     *
     * <p>If the project has no subscription to that deprecated service (codes 28841101, 28841105, 28841106) or it has
     * expired (28841002, 28841102), the whole log is read with {@code GET /v2.0/cloud/thing/{id}/logs} instead. The
     * client remembers this until {@link #setRegion} is called.
     *
     * @param deviceId the device
     * @param query which part to read
     * @return the entries, newest first, and the row key at which to continue
     * @throws IllegalArgumentException if the query's start is after its end
     */
    public DeviceLog getDeviceLog(String deviceId, DeviceLogQuery query) {
        return wiring.operations().logs().read(requireNonNull(deviceId, "deviceId"), requireNonNull(query, "query"));
    }

    /**
     * Returns a device's log as a lazy stream that holds at most two pages in memory. Close it unless it is read to its
     * end.
     *
     * @param deviceId the device
     * @param query which part to read; without {@code maxFetches}, all of it
     * @return the entries, newest first; stream operations throw what {@link #getDeviceLog} throws
     * @throws IllegalArgumentException if the query's start is after its end
     */
    public Stream<LogEntry> streamDeviceLog(String deviceId, DeviceLogQuery query) {
        return wiring.operations().logs().stream(requireNonNull(deviceId, "deviceId"), requireNonNull(query, "query"));
    }

    /**
     * Returns the DP mapping of a product if it is cached; sends nothing.
     *
     * @param productId the product
     * @return the mapping, if it is cached
     */
    public Optional<DpMapping> getMapping(String productId) {
        return wiring.operations().mappings().get(requireNonNull(productId, "productId"), null);
    }

    /**
     * Returns the DP mapping of a product: {@code GET /v1.1/devices/{id}/specifications}, unless it is cached or
     * already being fetched.
     *
     * @param productId the product
     * @param deviceId a device of the product
     * @return the mapping; it has no entries if the device has no data points
     */
    public Optional<DpMapping> getMapping(String productId, String deviceId) {
        return wiring.operations()
                .mappings()
                .get(requireNonNull(productId, "productId"), requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Like {@link #getMapping(String, String)}, but takes both ids from a device.
     *
     * @param device a device of the product
     * @return the mapping; if the device has no product id, its own mapping, if any
     */
    public Optional<DpMapping> getMapping(Device device) {
        String product = device.productId();
        return product == null || product.isBlank()
                ? Optional.ofNullable(device.mapping())
                : getMapping(product, device.id());
    }

    /**
     * Returns all cached DP mappings, after one {@code GET /v1.1/devices/{id}/specifications} for each product that is
     * not cached yet. If the specifications of some products are refused or unreadable, these products have no mapping,
     * and a warning is logged; if those of all are, the first failure is thrown.
     *
     * @param devices the devices; an empty collection sends no request
     * @return all cached mappings by product id
     */
    public Map<String, DpMapping> getMappings(Collection<Device> devices) {
        return wiring.operations().mappings().findAll(List.copyOf(devices));
    }

    /**
     * Sets the cached DP mappings, for example to those of an earlier run. All others are removed.
     *
     * @param mappingsByProduct the mappings by product id
     */
    public void setMappings(Map<String, DpMapping> mappingsByProduct) {
        wiring.operations().mappings().replace(Map.copyOf(mappingsByProduct));
    }

    /**
     * Sets the data center for all further calls, which fetch a new access token there.
     *
     * @param region a code such as {@code eu-w}
     * @throws IllegalArgumentException if it is unknown; the message lists the known ones
     */
    public void setRegion(String region) {
        setRegion(Region.of(region));
    }

    /**
     * Sets the data center for all further calls, which fetch a new access token there.
     *
     * @param region the data center; a client with an {@code endpoint} still calls the endpoint
     */
    public void setRegion(Region region) {
        pipeline.setRegion(requireNonNull(region, "region"));
        wiring.operations().logService().forget();
    }

    /**
     * Sends a GET request for which this class has no method.
     *
     * @param url the path, optionally with an encoded query, such as {@code /v1.0/devices/bf12/sub-devices}
     * @return the complete response
     */
    public CloudResponse cloudRequest(String url) {
        return cloudRequest(url, null, null, null);
    }

    /**
     * Sends a request for which this class has no method.
     *
     * @param request such as {@code CloudRequest.post("/v1.0/devices/bf12/commands").body(map)}
     * @return the complete response, in which {@code success} is true
     */
    public CloudResponse cloudRequest(CloudRequest request) {
        return cloudRequest(request.path(), request.method(), request.body(), request.query());
    }

    /**
     * Sends a request for which this class has no method.
     *
     * @param url the path, optionally with an encoded query; the leading slash is optional
     * @param action GET, POST, PUT or DELETE; if null, POST with a body and GET without
     * @param post the body, written as JSON (a string becomes a JSON string); null for none
     * @param query further query parameters, not encoded; null values are omitted; null for none
     * @return the complete response, in which {@code success} is true
     * @throws IllegalArgumentException if the request cannot be sent as given, or a query parameter is given twice
     */
    public CloudResponse cloudRequest(
            String url,
            @Nullable String action,
            @Nullable Object post,
            @Nullable Map<String, ? extends @Nullable Object> query) {
        return pipeline.call(
                ApiRequest.ofUrl(requireNonNull(url, "url"), action, post, query),
                response -> new CloudResponse(response.fields(), response.tid()));
    }

    /** {@return the thing-model API, which covers all data points, including custom ones} */
    public Things things() {
        return wiring.things();
    }

    /** {@return further device calls: many statuses at once, details, sub-devices, shared devices and so on} */
    public Devices devices() {
        return wiring.devices();
    }

    /** {@return the API for homes, rooms and scenes} */
    public Homes homes() {
        return wiring.homes();
    }

    /** {@return the API for live messages: device changes that the cloud pushes as they happen} */
    public Messages messages() {
        return new Messages(wiring.live().subscriptions());
    }

    /**
     * Returns a builder for a living picture: the state of every device in memory, kept up to date by live messages,
     * with commands that report whether the device carried them out.
     *
     * @return a new builder; its {@code start()} reads the devices, with one request per hundred, and connects to the
     *     message service
     */
    public LiveDevicesBuilder live() {
        return wiring.live().pictures().builder();
    }

    /**
     * Checks which services the project can use, and returns advice about the others. It sends at most ten requests:
     * for a token, the linked devices, the status, specification, thing model and log of one of them, the homes and
     * scenes of its owner, and a handshake with the message service that does not disturb running subscriptions.
     * Refusals are part of the report. Nothing is retried, and a cool-down after an exhausted quota is neither honored
     * nor started. If the key is not accepted, the check stops after the token request.
     *
     * @return the findings; {@link CheckUpReport#toString()} prints a table without secrets, ids and names
     */
    public CheckUpReport checkUp() {
        return ProjectCheckUp.run(wiring, null);
    }

    /**
     * Like {@link #checkUp()}, but with the message service at another address, such as that of a fake cloud.
     *
     * @param messageEndpoint the base URL of the message service
     * @return the findings
     */
    public CheckUpReport checkUp(String messageEndpoint) {
        return ProjectCheckUp.run(wiring, requireNonNull(messageEndpoint, "messageEndpoint"));
    }

    /**
     * Returns the number of requests in the current month, which count against the plan's quota. Sends nothing.
     *
     * @return all requests that reached or may have reached the cloud, including token requests, retries, and requests
     *     in flight
     */
    public Usage usage() {
        return pipeline.usage();
    }

    private static ApiRequest get(String template, String deviceId) {
        return ApiRequest.get(template, requireNonNull(deviceId, "deviceId"));
    }

    /** Closes this client, its running calls and its subscriptions. A supplied {@code httpClient} stays open. */
    @Override
    public void close() {
        if (owner) {
            wiring.close();
        }
    }
}
