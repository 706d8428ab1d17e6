package io.github.tuyacloud.fake;

import java.time.Duration;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Handles each request: records it, checks it, makes it fail or carries it out, and answers it. */
final class CloudDispatcher extends Dispatcher {
    private final Router router;
    private final RequestCheck check;
    private final FaultRules faults;
    private final RequestLog log;
    private final Quirks quirks;
    private final QuirkyAnswers quirkyAnswers;
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
        this.quirkyAnswers = new QuirkyAnswers(quirks);
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
            return messageGateway.answer(request);
        }
        Optional<Router.Match> match = router.find(request.method(), request.path());
        String template = match.map(Router.Match::template).orElse(FakeRequest.UNKNOWN);
        long number = log.arrived(FakeRequest.of(request, template));
        WireAnswer answer = new WireAnswer(envelopes);
        Fault fault = judge(request, template, answer);
        if (fault.execution() == Fault.Execution.BEFORE_WAITING) {
            carryOut(request, match, answer);
        }
        if (fault.stalls()) {
            log.answered(number, answer.executed(), -1, -1);
            closing.waitForever();
        }
        if (!closing.waitFor(latency.plus(fault.delay()))) {
            answer.disconnect();
        } else if (fault.execution() == Fault.Execution.AFTER_WAITING) {
            carryOut(request, match, answer);
        }
        quirkyAnswers.rewrite(template, answer.envelope());
        fault.applyTo(answer);
        log.answered(number, answer.executed(), answer.httpStatus(), answer.code());
        return answer.toResponse(closing);
    }

    /** Returns the fault for a request. An invalid request is refused before the rules apply, so that no fault hides it. */
    private Fault judge(WireRequest request, String template, WireAnswer answer) {
        try {
            check.verify(request);
            Fault fault = faults.next(request);
            // Rules take precedence over quirks.
            if (fault == Fault.NONE) {
                quirks.check(template);
            }
            return fault;
        } catch (Refusal refusal) {
            answer.fail(refusal.code(), refusal.reason());
            return Fault.NOT_CARRIED_OUT;
        }
    }

    private static void carryOut(WireRequest request, Optional<Router.Match> match, WireAnswer answer) {
        try {
            Router.Match found = match.orElseThrow(Refusal::uriPathInvalid);
            answer.succeed(found.endpoint().answer(new Call(request, found.variables())));
            answer.markExecuted();
        } catch (Refusal refusal) {
            answer.fail(refusal.code(), refusal.reason());
        } catch (RuntimeException bug) {
            // Rethrown, it would leave the caller without an answer and the test without a reason.
            answer.fail(500, "system error, please contact the admin: " + bug);
        }
    }
}
