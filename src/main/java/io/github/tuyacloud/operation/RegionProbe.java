package io.github.tuyacloud.operation;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.RegionReport.Outcome;
import io.github.tuyacloud.config.RegionReport.Response;
import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ErrorMeaning;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.JsonValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Probes data centers concurrently, with two requests each: whether they know the key and have devices for it. */
public final class RegionProbe {

    /** Lists one device only, because a list contains local keys. */
    private static final ApiRequest FIRST_DEVICE =
            ApiRequest.get("/v1.0/iot-01/associated-users/devices").query("size", 1);

    private RegionProbe() {}

    /**
     * A data center to probe.
     *
     * @param region the data center; null for an endpoint of an unknown data center
     * @param endpoint the base URL
     * @param pipeline sends requests to it
     */
    public record Candidate(@Nullable Region region, String endpoint, CallPipeline pipeline) {}

    /** Returns the result of each candidate, in the same order. */
    public static RegionReport probe(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return new RegionReport(List.of());
        }
        try (WorkerPool workers = new WorkerPool(candidates.size());
                TaskScope scope = workers.openScope(candidates.get(0).pipeline())) {
            List<TaskScope.Task<Response>> responses = candidates.stream()
                    .map(candidate -> scope.fork(() -> probe(candidate)))
                    .toList();
            scope.join();
            return new RegionReport(
                    responses.stream().map(TaskScope.Task::result).toList());
        }
    }

    private static Response probe(Candidate candidate) {
        try {
            long devices = candidate.pipeline().call(FIRST_DEVICE, ResultReader.object(RegionProbe::countIn));
            Outcome outcome = devices > 0 ? Outcome.HAS_DEVICES : Outcome.NO_DEVICES;
            return new Response(candidate.region(), candidate.endpoint(), outcome, devices, null);
        } catch (TuyaException e) {
            return new Response(candidate.region(), candidate.endpoint(), outcomeOf(e), 0, e);
        }
    }

    private static Outcome outcomeOf(TuyaException e) {
        if (!(e instanceof TuyaApiException refusal)) {
            return Outcome.NO_RESPONSE;
        }
        return ErrorMeaning.isProjectKnown(refusal) ? Outcome.REFUSED : Outcome.KEY_NOT_ACCEPTED;
    }

    /** Returns the cloud's total number of devices, or the number of devices on the page if the total is missing. */
    private static long countIn(Map<String, @Nullable Object> result) {
        int listed = Results.list(result, "devices").size();
        Long total = JsonValues.wholeNumber(result.get("total"));
        return total == null ? listed : Math.max(total, listed);
    }
}
