package io.github.tuyacloud.fake;

import java.time.Duration;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Handles each request: records it, checks it, makes it fail or carries it out, and responds. */
final class CloudDispatcher extends Dispatcher {
    private final Router router;
    private final RequestCheck check;
    private final FaultRules faults;
    private final RequestLog log;
    private final Quirks quirks;
    private final QuirkyResponses quirkyResponses;
    private final Envelopes envelopes;
    private final Closing closing;
    private final Duration latency;
    private final MessageGateway messageGateway;
    private final Agenda agenda;

    CloudDispatcher(
            Router router,
            RequestCheck check,
            FaultRules faults,
            RequestLog log,
            Quirks quirks,
            Envelopes envelopes,
            Closing closing,
            Duration latency,
            MessageGateway messageGateway,
            Agenda agenda) {
        this.router = router;
        this.check = check;
        this.faults = faults;
        this.log = log;
        this.quirks = quirks;
        this.quirkyResponses = new QuirkyResponses(quirks);
        this.envelopes = envelopes;
        this.closing = closing;
        this.latency = latency;
        this.messageGateway = messageGateway;
        this.agenda = agenda;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
        agenda.runDue();
        WireRequest request = WireRequest.of(recorded);
        if (request.path().startsWith(MessageGateway.PREFIX)) {
            log.arrived(FakeRequest.of(request, MessageGateway.TEMPLATE));
            return messageGateway.response(request);
        }
        Optional<Router.Match> match = router.find(request.method(), request.path());
        String template = match.map(Router.Match::template).orElse(FakeRequest.UNKNOWN);
        long number = log.arrived(FakeRequest.of(request, template));
        WireResponse response = new WireResponse(envelopes);
        Fault fault = faultFor(request, template, response);
        if (fault.execution() == Fault.Execution.BEFORE_WAITING) {
            carryOut(request, match, response);
        }
        if (fault.stalls()) {
            log.completed(number, response.executed(), -1, -1);
            closing.waitForever();
        }
        if (!closing.waitFor(latency.plus(fault.delay()))) {
            response.disconnect();
        } else if (fault.execution() == Fault.Execution.AFTER_WAITING) {
            carryOut(request, match, response);
        }
        quirkyResponses.rewrite(template, response.envelope());
        fault.applyTo(response);
        log.completed(number, response.executed(), response.httpStatus(), response.code());
        return response.toResponse(closing);
    }

    /**
     * Returns the fault for a request. An invalid request is refused before the rules apply, so that no fault hides it.
     */
    private Fault faultFor(WireRequest request, String template, WireResponse response) {
        try {
            check.verify(request);
            Fault fault = faults.next(request);
            // Rules take precedence over quirks.
            if (fault == Fault.NONE) {
                quirks.check(template);
            }
            return fault;
        } catch (Refusal refusal) {
            response.fail(refusal.code(), refusal.reason());
            return Fault.NOT_CARRIED_OUT;
        }
    }

    private static void carryOut(WireRequest request, Optional<Router.Match> match, WireResponse response) {
        try {
            Router.Match found = match.orElseThrow(Refusal::uriPathInvalid);
            response.succeed(found.endpoint().result(new Call(request, found.variables())));
            response.markExecuted();
        } catch (Refusal refusal) {
            response.fail(refusal.code(), refusal.reason());
        } catch (RuntimeException bug) {
            // If it were rethrown, the caller would get no response, and the test no explanation.
            response.fail(500, "system error, please contact the admin: " + bug);
        }
    }
}
