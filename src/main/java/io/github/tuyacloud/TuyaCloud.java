package io.github.tuyacloud;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
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
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.DeviceAdmin;
import io.github.tuyacloud.operation.DeviceCalls;
import io.github.tuyacloud.operation.DeviceLister;
import io.github.tuyacloud.operation.DeviceLogs;
import io.github.tuyacloud.operation.FullMappings;
import io.github.tuyacloud.operation.HomeCalls;
import io.github.tuyacloud.operation.Mappings;
import io.github.tuyacloud.operation.ThingCalls;
import io.github.tuyacloud.operation.WorkerPool;
import io.github.tuyacloud.socket.Subscriptions;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client for the Tuya cloud, bound to one project: lists, reads, commands and follows the devices of its linked accounts.
 *
 * <p>Make one and share it: it is safe for use by many threads, keeps connections open between calls, and fetches and
 * renews the access token by itself. Making it sends nothing. Close it when done; a program that forgets to still ends.
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
 * <p>Every method blocks until the cloud has answered, the call timeout has passed, or the thread is interrupted. All
 * failures are {@link io.github.tuyacloud.exception.TuyaException}s that say what to do; a bad argument is an
 * {@link IllegalArgumentException}, null a {@link NullPointerException}, and a call on a closed client an
 * {@link IllegalStateException}.
 */
public final class TuyaCloud implements AutoCloseable {

    private static final String COMMAND_URI = "iot-03/devices/";

    private final CallPipeline pipeline;
    private final WorkerPool fanOut;
    private final DeviceCalls calls;
    private final DeviceLister lists;
    private final DeviceLogs logs;
    private final Mappings mappings;
    private final Subscriptions messageSockets;
    private final Messages messages;
    private final Things things;
    private final Devices devices;
    private final Homes homes;

    /**
     * Makes a client from the file {@code tinytuya.json} in the working directory.
     *
     * @throws io.github.tuyacloud.exception.TuyaConfigException if the file is missing or wrong
     */
    public TuyaCloud() {
        this(builder());
    }

    /**
     * Makes a client from a file such as {@code tinytuya.json}.
     *
     * @param configFile holds {@code apiKey}, {@code apiSecret}, {@code apiRegion}, {@code apiDeviceID}
     * @throws io.github.tuyacloud.exception.TuyaConfigException if the file is missing or wrong
     */
    public TuyaCloud(Path configFile) {
        this(builder().configFile(configFile));
    }

    /**
     * Makes a client for a project.
     *
     * @param region the code of the project's data center, such as {@code eu}; see {@link Region}
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @throws IllegalArgumentException if the region is unknown, or key or secret is blank
     */
    public TuyaCloud(String region, String apiKey, String apiSecret) {
        this(builder().region(region).apiKey(apiKey).apiSecret(apiSecret));
    }

    /**
     * Makes a client for a project and the users who own certain devices.
     *
     * @param region the code of the project's data center, such as {@code eu}; see {@link Region}
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @param apiDeviceId a device id, or several with commas between them: {@link #getDevices()} then lists the devices
     *     of their owners; blank as if absent
     * @throws IllegalArgumentException if the region is unknown, or key or secret is blank
     */
    public TuyaCloud(String region, String apiKey, String apiSecret, String apiDeviceId) {
        this(builder().region(region).apiKey(apiKey).apiSecret(apiSecret).apiDeviceId(apiDeviceId));
    }

    private TuyaCloud(TuyaCloudBuilder builder) {
        this(builder.assemble());
    }

    TuyaCloud(Assembly parts) {
        this.pipeline = parts.pipeline();
        this.fanOut = new WorkerPool(parts.maxConcurrency());
        this.calls = new DeviceCalls(pipeline);
        this.mappings = new Mappings(calls, fanOut, parts.callTimeout());
        this.lists = new DeviceLister(pipeline, calls, fanOut, mappings, parts.apiDeviceIds());
        this.logs = new DeviceLogs(pipeline, fanOut);
        this.messageSockets = parts.messageSockets();
        this.messages = new Messages(messageSockets);
        ThingCalls thingCalls = new ThingCalls(pipeline);
        this.things = new Things(thingCalls, new FullMappings(calls, thingCalls, fanOut));
        this.devices = new Devices(new BatchStatus(pipeline, fanOut), new DeviceAdmin(pipeline));
        this.homes = new Homes(new HomeCalls(pipeline));
    }

    /**
     * Starts a client with options.
     *
     * @return a new builder
     */
    public static TuyaCloudBuilder builder() {
        return new TuyaCloudBuilder();
    }

    /**
     * Finds out in which data center a project lives: asks all of them side by side for an access token and the first
     * device of the linked app accounts, {@code GET /v1.0/token} and {@code GET /v1.0/iot-01/associated-users/devices}.
     *
     * <p>Each is asked once and has 8 seconds, so that the whole takes no longer. The secret is not sent; each data center
     * sees the key and a signature. These calls are in no client's {@link #usage()}.
     *
     * <pre>{@code
     * RegionReport report = TuyaCloud.detectRegion(apiKey, apiSecret);
     * System.out.println(report);
     * Region region = report.region().orElseThrow();
     * }</pre>
     *
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @return what each data center said, and which one it probably is; one that refuses or does not answer is in it, and
     *     not thrown
     * @throws IllegalArgumentException if key or secret is blank
     * @throws io.github.tuyacloud.exception.TuyaTransportException if the thread is interrupted
     */
    public static RegionReport detectRegion(String apiKey, String apiSecret) {
        return detectRegion(apiKey, apiSecret, new String[0]);
    }

    /**
     * Does the same, and asks further addresses too, such as that of a data center opened after this release.
     *
     * @param apiKey the project's access id
     * @param apiSecret the project's access secret
     * @param furtherEndpoints scheme, host and perhaps a port each; https, or http for a loopback host
     * @return what each said
     * @throws IllegalArgumentException if key or secret is blank, or an endpoint is none
     * @throws io.github.tuyacloud.exception.TuyaTransportException if the thread is interrupted
     */
    public static RegionReport detectRegion(String apiKey, String apiSecret, String... furtherEndpoints) {
        return new RegionDetection(apiKey, apiSecret)
                .ask(RegionDetection.KNOWN, List.of(furtherEndpoints), RegionDetection.TIMEOUT);
    }

    /**
     * Lists all devices, with local keys, hardware addresses and absolute icon addresses.
     *
     * <p>With {@code apiDeviceId}: {@code GET /v1.0/devices/{id}} once for each of those devices, then
     * {@code GET /v1.0/users/{id}/devices} for each owner. Without: {@code GET /v1.0/iot-01/associated-users/devices} by 100,
     * and {@code GET /v1.3/iot-03/devices} by 200 for each account. Then {@code GET /v1.0/devices/factory-infos} by 50.
     *
     * @return the devices in the cloud's order
     */
    public List<Device> getDevices() {
        return getDevices(DeviceListOptions.builder().build());
    }

    /**
     * Lists all devices, starting from an earlier list or including DP maps.
     *
     * @param options for each device that has not changed since {@code oldList}, hardware address and mapping are taken
     *     from there; with {@code includeMap}, {@code GET /v1.1/devices/{id}/specifications} once for each product
     * @return the devices in the cloud's order
     */
    public List<Device> getDevices(DeviceListOptions options) {
        return lists.list(Objects.requireNonNull(options, "options"));
    }

    /**
     * Lists all devices as the cloud describes them; the calls are those of {@link #getDevices()} without the last kind.
     *
     * @return the keys of the last answer, with the flat list of all devices as {@code result}
     */
    public CloudResponse getDevicesVerbose() {
        return lists.verbose();
    }

    /**
     * Adds hardware addresses, uuids and serial numbers, strips names and makes icon addresses absolute.
     *
     * @param devices for instance {@code getDevicesVerbose().resultList(Device.class)}
     * @return the devices in the same order
     */
    public List<Device> filterDevices(List<Device> devices) {
        return filterDevices(devices, Map.of());
    }

    /**
     * Does the same, and adds addresses on the local network; the call is {@code GET /v1.0/devices/factory-infos} by 50.
     *
     * @param devices the devices
     * @param ipByMac local addresses by MAC address, whatever its case and with or without colons
     * @return the devices in the same order
     */
    public List<Device> filterDevices(List<Device> devices, Map<String, String> ipByMac) {
        return lists.filter(List.copyOf(devices), Map.copyOf(ipByMac));
    }

    /**
     * Reads the current values of a device: {@code GET /v1.0/iot-03/devices/{id}/status}.
     *
     * @param deviceId the device
     * @return its data points, as far as the standard instruction set shows them
     */
    public DeviceStatus getStatus(String deviceId) {
        return calls.status(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Reads which commands a device takes: {@code GET /v1.0/iot-03/devices/{id}/functions}.
     *
     * @param deviceId the device
     * @return the data points that can be set
     */
    public DeviceFunctions getFunctions(String deviceId) {
        return calls.functions(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Reads a device's specification: {@code GET /v1.0/iot-03/devices/{id}/specification}.
     *
     * @param deviceId the device
     * @return what it takes and what it reports, without dp ids
     */
    public DeviceSpecification getProperties(String deviceId) {
        return calls.properties(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Reads a device's specification with dp ids: {@code GET /v1.1/devices/{id}/specifications}.
     *
     * @param deviceId the device
     * @return what it takes and what it reports, with dp ids
     */
    public DeviceSpecification getDps(String deviceId) {
        return calls.dps(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Asks whether a device is online: {@code GET /v1.0/devices/{id}}.
     *
     * @param deviceId the device
     * @return whether the cloud is in touch with it
     */
    public boolean getConnectStatus(String deviceId) {
        return calls.connectStatus(Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Sends commands to a device: {@code POST /v1.0/iot-03/devices/{id}/commands}.
     *
     * <p>They are sent once. Only when they surely had no effect (no connection, or an answer that says so) are they sent
     * again; {@link io.github.tuyacloud.exception.TuyaTransportException#sent()} tells after a failure.
     *
     * @param deviceId the device
     * @param commands one or more, carried out together
     * @return whether the cloud took them; it does not wait for the device
     * @throws IllegalArgumentException if there is no command
     */
    public boolean sendCommand(String deviceId, Command... commands) {
        return sendCommand(deviceId, List.of(commands));
    }

    /**
     * Sends commands to a device, as {@link #sendCommand(String, Command...)} does.
     *
     * @param deviceId the device
     * @param commands one or more, carried out together
     * @return whether the cloud took them; it does not wait for the device
     * @throws IllegalArgumentException if there is no command
     */
    public boolean sendCommand(String deviceId, List<Command> commands) {
        if (commands.isEmpty()) {
            throw new IllegalArgumentException("There is no command: give at least one, as Command.of(code, value)");
        }
        return sendCommand(deviceId, Map.of("commands", List.copyOf(commands)), COMMAND_URI);
    }

    /**
     * Sends any body to a device: {@code POST /v1.0/{uri}{id}/commands}.
     *
     * @param deviceId the device
     * @param body turned into JSON, such as {@code Map.of("commands", List.of(Command.of("switch_1", true)))}
     * @param uri {@code iot-03/devices/} or {@code devices/}; some projects are allowed only one of them
     * @return whether the cloud took it; it does not wait for the device
     */
    public boolean sendCommand(String deviceId, Object body, String uri) {
        Objects.requireNonNull(body, "body");
        return calls.command(Objects.requireNonNull(deviceId, "deviceId"), body, Objects.requireNonNull(uri, "uri"));
    }

    /**
     * Reads a device's log of the last 24 hours: {@code GET /v1.0/devices/{id}/logs}, up to 50 pages of 100 entries.
     *
     * @param deviceId the device
     * @return the entries, newest first
     */
    public DeviceLog getDeviceLog(String deviceId) {
        return getDeviceLog(deviceId, DeviceLogQuery.builder().build());
    }

    /**
     * Reads a part of a device's log: {@code GET /v1.0/devices/{id}/logs}, as many pages as it takes.
     *
     * @param deviceId the device
     * @param query which part
     * @return the entries, newest first, and the row key to go on from
     * @throws IllegalArgumentException if the query's start lies after its end
     */
    public DeviceLog getDeviceLog(String deviceId, DeviceLogQuery query) {
        return logs.read(Objects.requireNonNull(deviceId, "deviceId"), Objects.requireNonNull(query, "query"));
    }

    /**
     * Reads a device's log as a stream that never holds more than two pages; the next one is fetched while the caller works
     * on this one. Close the stream when not reading to its end.
     *
     * @param deviceId the device
     * @param query which part; without {@code maxFetches} to its end
     * @return a lazy stream, newest entry first, whose operations throw what {@link #getDeviceLog} throws
     * @throws IllegalArgumentException if the query's start lies after its end
     */
    public Stream<LogEntry> streamDeviceLog(String deviceId, DeviceLogQuery query) {
        return logs.stream(Objects.requireNonNull(deviceId, "deviceId"), Objects.requireNonNull(query, "query"));
    }

    /**
     * Looks the DP map of a product up among those known; makes no call.
     *
     * @param productId the product
     * @return the map, if it is known
     */
    public Optional<DpMapping> getMapping(String productId) {
        return mappings.get(Objects.requireNonNull(productId, "productId"), null);
    }

    /**
     * Looks the DP map of a product up, or fetches it: {@code GET /v1.1/devices/{id}/specifications}. Threads that ask for
     * the same product at the same time share one call, and each waits for it no longer than {@code callTimeout}.
     *
     * @param productId the product
     * @param deviceId a device of the product
     * @return the map; one without entries when the device has no data points
     */
    public Optional<DpMapping> getMapping(String productId, String deviceId) {
        return mappings.get(
                Objects.requireNonNull(productId, "productId"), Objects.requireNonNull(deviceId, "deviceId"));
    }

    /**
     * Fetches the DP maps of all products of some devices that are not known yet, one call each.
     *
     * @param devices the devices; none to see what is known
     * @return all maps known, by product id
     */
    public Map<String, DpMapping> getMappings(Collection<Device> devices) {
        return mappings.findAll(List.copyOf(devices));
    }

    /**
     * Replaces the DP maps known, for instance by those of an earlier run.
     *
     * @param mappingsByProduct by product id
     */
    public void setMappings(Map<String, DpMapping> mappingsByProduct) {
        mappings.replace(Map.copyOf(mappingsByProduct));
    }

    /**
     * Changes the data center of the calls from now on; a new access token is fetched there.
     *
     * @param region a code such as {@code eu-w}
     * @throws IllegalArgumentException if it is unknown; the message lists the known ones
     */
    public void setRegion(String region) {
        setRegion(Region.of(region));
    }

    /**
     * Changes the data center of the calls from now on; a new access token is fetched there.
     *
     * @param region the data center; under an {@code endpoint} calls still go there
     */
    public void setRegion(Region region) {
        pipeline.setRegion(Objects.requireNonNull(region, "region"));
    }

    /**
     * Makes a GET request for which this class has no method.
     *
     * @param url the path, such as {@code /v1.0/devices/bf12/sub-devices}, perhaps with an encoded query behind it
     * @return the whole answer
     */
    public CloudResponse cloudRequest(String url) {
        return cloudRequest(url, null, null, null);
    }

    /**
     * Makes a request for which this class has no method, signed and with a token like all others.
     *
     * @param url the path, perhaps with an encoded query behind it; its leading slash may be left out
     * @param action GET, POST, PUT or DELETE; null for POST when there is a body, else GET
     * @param post the body, turned into JSON whatever it is (a text becomes a JSON string); null for none
     * @param query more query parameters, not encoded; null values are left out; null for none
     * @return the whole answer, which says that it worked
     * @throws IllegalArgumentException if the url is no path of the API, the action unknown, a parameter given twice, or a
     *     GET has a body
     */
    public CloudResponse cloudRequest(
            String url,
            @Nullable String action,
            @Nullable Object post,
            @Nullable Map<String, ? extends @Nullable Object> query) {
        ApiRequest request = ApiRequest.ofUrl(Objects.requireNonNull(url, "url"), action, post, query);
        Envelope answer = pipeline.execute(request);
        return new CloudResponse(answer.fields(), answer.tid());
    }

    /**
     * Gives the calls of the thing model, which see all data points, custom ones too.
     *
     * @return a view of this client; always the same
     */
    public Things things() {
        return things;
    }

    /**
     * Gives more calls about devices: many statuses at once, details, children of a gateway, renaming, removing.
     *
     * @return a view of this client; always the same
     */
    public Devices devices() {
        return devices;
    }

    /**
     * Gives the calls about homes, rooms and scenes.
     *
     * @return a view of this client; always the same
     */
    public Homes homes() {
        return homes;
    }

    /**
     * Returns the live messages: device changes that the cloud pushes to the program as they happen.
     *
     * @return the same object each time
     */
    public Messages messages() {
        return messages;
    }

    /**
     * Counts the requests of the current month, which a plan's quota limits; makes no call.
     *
     * @return all that this client sent, token requests and every attempt included
     */
    public Usage usage() {
        return pipeline.usage();
    }

    /**
     * Ends running calls and subscriptions and closes what this client made; an {@code httpClient} passed in is left alone.
     */
    @Override
    public void close() {
        messageSockets.close();
        pipeline.close();
        fanOut.close();
    }
}
