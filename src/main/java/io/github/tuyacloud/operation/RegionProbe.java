package io.github.tuyacloud.operation;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RegionReport;
import io.github.tuyacloud.config.RegionReport.Answer;
import io.github.tuyacloud.config.RegionReport.Outcome;
import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ErrorMeaning;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.json.JsonValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks data centers side by side whether they know a key and have devices for it; two requests each. */
public final class RegionProbe {

    /** One device tells as much as many, and carries fewer local keys over the network. */
    private static final ApiRequest FIRST_DEVICE =
            ApiRequest.get("/v1.0/iot-01/associated-users/devices").query("size", 1);

    private RegionProbe() {}

    /**
     * A data center to ask.
     *
     * @param region the data center; null for an endpoint that is none of the known ones
     * @param endpoint its address
     * @param pipeline the way there
     */
    public record Candidate(@Nullable Region region, String endpoint, CallPipeline pipeline) {}

    /**
     * Asks them all.
     *
     * @param candidates the data centers
     * @return what each answered, in the same order
     */
    public static RegionReport ask(List<Candidate> candidates) {
        try (WorkerPool fanOut = new WorkerPool(Math.max(1, candidates.size()));
                TaskScope group = fanOut.group()) {
            List<TaskScope.Member<Answer>> answers = candidates.stream()
                    .map(candidate -> group.fork(() -> ask(candidate)))
                    .toList();
            group.join();
            return new RegionReport(
                    answers.stream().map(TaskScope.Member::result).toList());
        }
    }

    private static Answer ask(Candidate candidate) {
        try {
            long devices =
                    Results.object(FIRST_DEVICE, candidate.pipeline().execute(FIRST_DEVICE), RegionProbe::countIn);
            Outcome outcome = devices > 0 ? Outcome.HAS_DEVICES : Outcome.NO_DEVICES;
            return new Answer(candidate.region(), candidate.endpoint(), outcome, devices, null);
        } catch (TuyaException e) {
            return new Answer(candidate.region(), candidate.endpoint(), outcomeOf(e), 0, e);
        }
    }

    private static Outcome outcomeOf(TuyaException e) {
        if (!(e instanceof TuyaApiException refusal)) {
            return Outcome.NO_ANSWER;
        }
        return ErrorMeaning.projectKnown(refusal) ? Outcome.REFUSED : Outcome.KEY_NOT_ACCEPTED;
    }

    /** The cloud's count of all devices; where it leaves that out, those on the page. */
    private static long countIn(Map<String, @Nullable Object> result) {
        int listed = Results.list(result, "devices").size();
        Long total = JsonValues.wholeNumber(result.get("total"));
        return total == null ? listed : Math.max(total, listed);
    }
}
