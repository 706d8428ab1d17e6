package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ErrorMeaning;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.model.CheckUpReport.Finding;
import io.github.tuyacloud.model.CheckUpReport.Outcome;
import io.github.tuyacloud.model.CheckUpReport.Subject;
import io.github.tuyacloud.model.DeviceSpecification;
import io.github.tuyacloud.model.Home;
import io.github.tuyacloud.model.ThingModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a project's permissions with one small request for each service. Findings contain only codes, counts and the
 * library's own texts, because the cloud's messages may contain addresses and names.
 */
public final class CheckUp {

    private static final int PAGE_SIZE = 100;

    /** A normal error of a clock without NTP, far below the error that the cloud rejects. */
    private static final Duration TOLERABLE_OFFSET = Duration.ofMinutes(1);

    private final CallPipeline pipeline;
    private final List<String> apiDeviceIds;
    private final int maxRequests;
    private final List<Finding> findings = new ArrayList<>();

    /** The number of requests, starting with the one for the token. */
    private int requests = 1;

    private @Nullable String deviceId;
    private @Nullable String uid;
    private @Nullable String homeId;

    private CheckUp(CallPipeline pipeline, List<String> apiDeviceIds, int maxRequests) {
        this.maxRequests = maxRequests;
        this.pipeline = pipeline;
        this.apiDeviceIds = apiDeviceIds;
    }

    /** Returns the findings about key, clock and services; only the first finding if the key is not accepted. */
    public static List<Finding> run(CallPipeline pipeline, List<String> apiDeviceIds, int maxRequests) {
        CheckUp checkUp = new CheckUp(pipeline, apiDeviceIds, maxRequests);
        if (checkUp.checkKeyAndDevices()) {
            checkUp.checkServices();
        }
        return checkUp.findings;
    }

    /** Returns false if there is no access token. */
    private boolean checkKeyAndDevices() {
        Instant before = localTime();
        try {
            call(ApiRequest.get("/v1.0/iot-01/associated-users/devices").query("size", PAGE_SIZE), response -> {
                keyAccepted(clockFinding(response.fields().get("t"), before));
                return ResultReader.object(this::devicesFinding).read(response);
            });
            return true;
        } catch (TuyaInterruptedException e) {
            throw e;
        } catch (TuyaException e) {
            if (ErrorMeaning.isTokenFailure(e)) {
                add(Subject.KEY, e, keyAdvice(e));
                return false;
            }
            if (findings.isEmpty()) {
                keyAccepted(new Finding(
                        Subject.CLOCK, Outcome.NOT_CHECKED, null, "no response with the cloud's time", null));
            }
            add(Subject.DEVICES, e, advice(e, "IoT Core"));
            return true;
        }
    }

    private void keyAccepted(Finding clock) {
        findings.add(
                new Finding(Subject.KEY, Outcome.OK, null, pipeline.region().code() + " accepts the key", null));
        findings.add(clock);
    }

    private Finding clockFinding(@Nullable Object serverTime, Instant before) {
        Long t = JsonValues.wholeNumber(serverTime);
        Instant server = t == null || t == 0 ? null : JsonValues.instant(t);
        if (server == null) {
            return new Finding(Subject.CLOCK, Outcome.NOT_CHECKED, null, "the response contains no time", null);
        }
        Instant after = localTime();
        Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
        Duration offset = Duration.between(server, middle);
        String direction = offset.isNegative() ? " s behind the cloud" : " s ahead of the cloud";
        String detail = offset.abs().toSeconds() + direction;
        return offset.abs().compareTo(TOLERABLE_OFFSET) <= 0
                ? new Finding(Subject.CLOCK, Outcome.OK, null, detail, null)
                : new Finding(
                        Subject.CLOCK,
                        Outcome.ATTENTION,
                        null,
                        detail,
                        "Set this computer's clock (NTP). The client compensates for it in its own requests.");
    }

    private Finding devicesFinding(Map<String, @Nullable Object> result) {
        List<Map<String, @Nullable Object>> devices = Results.objects(result, "devices");
        Long total = JsonValues.wholeNumber(result.get("total"));
        long count = Math.max(devices.size(), total == null ? 0 : total);
        List<String> accounts = devices.stream()
                .map(device -> JsonValues.text(device.get("uid")))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        devices.stream().findFirst().ifPresent(first -> {
            deviceId = JsonValues.text(first.get("id"));
            uid = JsonValues.text(first.get("uid"));
        });
        Finding finding = count == 0
                ? new Finding(
                        Subject.DEVICES,
                        Outcome.ATTENTION,
                        null,
                        "no devices: no app account is linked",
                        "Link the app account (Devices > Link App Account in the console), and check that the region is its"
                                + " data center: TuyaCloud.detectRegion asks all of them.")
                : new Finding(
                        Subject.DEVICES,
                        Outcome.OK,
                        null,
                        plural(count, "device") + " of " + (count > devices.size() ? "at least " : "")
                                + plural(accounts.size(), "linked account"),
                        null);
        findings.add(finding);
        return finding;
    }

    private void checkServices() {
        if (deviceId == null && !apiDeviceIds.isEmpty()) {
            deviceId = apiDeviceIds.get(0);
            uid = ownerOf(deviceId);
        }
        check(
                Subject.STATUS,
                "IoT Core",
                deviceId,
                id -> call(ApiRequest.get("/v1.0/iot-03/devices/{id}/status", id), ResultReader.list(Results::status)));
        check(
                Subject.SPECIFICATION,
                "IoT Core",
                deviceId,
                id -> call(
                        ApiRequest.get("/v1.1/devices/{id}/specifications", id),
                        ResultReader.object(DeviceSpecification::fromMap)));
        check(
                Subject.THING_MODEL,
                "IoT Core",
                deviceId,
                id -> call(
                        ApiRequest.get("/v2.0/cloud/thing/{id}/model", id),
                        ResultReader.object(result -> ThingModel.fromMap(Descriptions.modelIn(result)))));
        check(Subject.LOGS, "[Deprecate] Device Log Query\" or \"IoT Core", deviceId, this::readLog);
        check(Subject.HOMES, "Smart Home Basic Service", uid, this::readHomes);
        check(
                Subject.SCENES,
                "[Deprecate] Smart Home Scene Linkage",
                homeId,
                id -> call(ApiRequest.get("/v1.0/homes/{id}/scenes", id), ResultReader.list(list -> list)));
    }

    /** Returns the owner, who is needed to check homes; null if it is unknown. */
    private @Nullable String ownerOf(String id) {
        try {
            return call(
                            ApiRequest.get("/v1.0/devices/{id}", id),
                            ResultReader.<List<String>>object(
                                    device -> Stream.ofNullable(JsonValues.text(device.get("uid")))
                                            .toList()))
                    .stream()
                    .findFirst()
                    .orElse(null);
        } catch (TuyaInterruptedException e) {
            throw e;
        } catch (TuyaException | IllegalArgumentException e) {
            return null;
        }
    }

    private String readLog(String id) {
        return ServiceFallback.call(
                () -> readLog(LogService.Call.DEPRECATED, id, "the deprecated call works"),
                () -> readLog(LogService.Call.THING, id, "the thing model's call works"));
    }

    private String readLog(LogService.Call call, String id, String works) {
        Instant end = pipeline.now();
        call(
                ApiRequest.get(call.template(), id)
                        .query("start_time", end.minus(Duration.ofHours(1)).toEpochMilli())
                        .query("end_time", end.toEpochMilli())
                        .query("type", "7")
                        .query("size", 1)
                        .query("query_type", 1),
                ResultReader.object(LogPage::of));
        return works;
    }

    private String readHomes(String user) {
        List<Home> homes = call(
                ApiRequest.get("/v1.0/users/{id}/homes", user),
                response -> Results.items(response, "homes", Home::fromMap));
        homeId = homes.stream().findFirst().map(Home::id).orElse(null);
        return plural(homes.size(), "home");
    }

    /**
     * Sends a call and counts its requests. A second attempt counts twice, because it may have fetched another token.
     */
    private <T> T call(ApiRequest request, ResultReader<T> reader) {
        try {
            return pipeline.call(request, response -> {
                count(response.attempts());
                return reader.read(response);
            });
        } catch (TuyaException e) {
            count(e.attempts());
            throw e;
        }
    }

    private void count(int attempts) {
        requests += attempts > 1 ? attempts + 1 : attempts;
    }

    private void check(Subject subject, String service, @Nullable String id, Function<String, Object> read) {
        if (id == null) {
            String missing = subject == Subject.SCENES ? "home" : subject == Subject.HOMES ? "app user" : "device";
            findings.add(
                    new Finding(subject, Outcome.NOT_CHECKED, null, "no " + missing + " to check this with", null));
            return;
        }
        if (requests >= maxRequests) {
            findings.add(new Finding(
                    subject, Outcome.NOT_CHECKED, null, "would exceed the maximum number of requests", null));
            return;
        }
        try {
            Object value = read.apply(id);
            findings.add(new Finding(subject, Outcome.OK, null, value instanceof String text ? text : "works", null));
        } catch (TuyaInterruptedException e) {
            throw e;
        } catch (TuyaApiException e) {
            if (subject == Subject.SPECIFICATION && ErrorMeaning.hasNoDataPoints(e)) {
                findings.add(new Finding(subject, Outcome.OK, null, "works; the device has no data points", null));
            } else {
                add(subject, e, advice(e, service));
            }
        } catch (TuyaException e) {
            add(subject, e, e.hint());
        } catch (IllegalArgumentException e) {
            findings.add(new Finding(subject, Outcome.NOT_CHECKED, null, "the id from the cloud is malformed", null));
        }
    }

    private void add(Subject subject, TuyaException e, @Nullable String advice) {
        if (e instanceof TuyaApiException) {
            findings.add(new Finding(subject, Outcome.REFUSED, e.codeText(), "refused", advice));
        } else {
            String detail = e.httpStatus() < 0 ? "no response" : "no usable response (HTTP " + e.httpStatus() + ")";
            findings.add(new Finding(subject, Outcome.NO_RESPONSE, null, detail, advice));
        }
    }

    private static @Nullable String advice(TuyaException e, String service) {
        return e instanceof TuyaApiException refusal && ServiceFallback.isNotSubscribed(refusal)
                ? "Subscribe \"" + service + "\" and authorize the project for it (Service API tab of the console)."
                : e.hint();
    }

    private static String keyAdvice(TuyaException e) {
        String find = "TuyaCloud.detectRegion asks all data centers which one knows the key.";
        String hint = e.hint();
        return hint == null ? find : hint.contains("detectRegion") ? hint : hint + " " + find;
    }

    private Instant localTime() {
        return pipeline.now().minus(pipeline.clockOffset());
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
