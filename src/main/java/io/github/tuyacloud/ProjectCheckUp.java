package io.github.tuyacloud;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.model.CheckUpReport;
import io.github.tuyacloud.model.CheckUpReport.Finding;
import io.github.tuyacloud.model.CheckUpReport.Outcome;
import io.github.tuyacloud.model.CheckUpReport.Subject;
import io.github.tuyacloud.operation.CheckUp;
import io.github.tuyacloud.socket.HandshakeProbe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a project for {@link TuyaCloud#checkUp()}: its services, then the message service. */
final class ProjectCheckUp {

    private static final int MAX_REQUESTS = 10;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int CONFLICT = 409;

    private static final String TURN_ON = "Turn on the Message Service for the project and subscribe to \"Device Status"
            + " Notification\"; then release a messaging rule for the environment.";

    private ProjectCheckUp() {}

    /** Runs all checks. The message service is checked at the given endpoint, or at the region's if it is null. */
    static CheckUpReport run(Wiring client, @Nullable String messageEndpoint) {
        CallPipeline pipeline = client.forCheckUp();
        String checked = messageEndpoint == null
                ? null
                : SubscriptionOptions.builder()
                        .endpoint(messageEndpoint)
                        .build()
                        .endpoint();
        HandshakeProbe probe = client.live().subscriptions().probe(checked);
        int maxRequests = MAX_REQUESTS - probe.maxHandshakes();
        List<Finding> findings = new ArrayList<>(CheckUp.run(pipeline, client.apiDeviceIds(), maxRequests));
        if (findings.get(0).outcome() == Outcome.OK) {
            findings.addAll(
                    messageEndpoint == null && pipeline.endpoint() != null
                            ? notChecked("the client uses a custom endpoint; pass that of the message service")
                            : findings(probe.run()));
        }
        return new CheckUpReport(pipeline.region().code(), findings);
    }

    private static List<Finding> findings(HandshakeProbe.Result result) {
        String server = result.server();
        Finding gateway = server == null
                ? finding(Subject.GATEWAY, Outcome.NOT_CHECKED, "does not name its software", null)
                : finding(Subject.GATEWAY, Outcome.OK, server, null);
        return List.of(service(result.status()), gateway);
    }

    private static List<Finding> notChecked(String reason) {
        return List.of(
                finding(Subject.MESSAGES, Outcome.NOT_CHECKED, reason, null),
                finding(Subject.GATEWAY, Outcome.NOT_CHECKED, reason, null));
    }

    private static Finding service(int status) {
        return switch (status) {
            case SWITCHING_PROTOCOLS -> finding(Subject.MESSAGES, Outcome.OK, "accepts key and subscription", null);
            case CONFLICT ->
                finding(
                        Subject.MESSAGES,
                        Outcome.OK,
                        "accepts the key; another program is connected",
                        "Two programs on one subscription share its messages. Give each its own subscription.");
            case 401, 403 -> refused(status, "does not accept the key", TURN_ON);
            case 400, 404 -> refused(status, "does not know the subscription", TURN_ON);
            case -1 ->
                finding(
                        Subject.MESSAGES,
                        Outcome.NO_RESPONSE,
                        "no response",
                        "Check that this network allows connections to port 8285 of the message service.");
            default -> refused(status, "refused", "Try again later: the message service has an internal problem.");
        };
    }

    private static Finding refused(int status, String detail, String advice) {
        return finding(Subject.MESSAGES, Outcome.REFUSED, detail + " (HTTP " + status + ")", advice);
    }

    private static Finding finding(Subject subject, Outcome outcome, String detail, @Nullable String advice) {
        return new Finding(subject, outcome, null, detail, advice);
    }
}
