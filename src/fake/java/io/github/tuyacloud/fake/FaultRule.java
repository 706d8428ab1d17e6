package io.github.tuyacloud.fake;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * When a {@link Fault} happens: for which requests, how often, and how likely.
 *
 * <p>Made by {@link FakeTuyaCloud#on} and its sisters. The rule counts from the moment {@link #fail} is called, for
 * ever unless {@link #times} says otherwise; of several rules that fit a request the first one counts.
 */
public final class FaultRule {
    private final FaultBook book;
    private final @Nullable String method;
    private final @Nullable PathTemplate template;
    private boolean exceptToken;
    private @Nullable Fault fault;
    private long toSkip;
    private long left = Long.MAX_VALUE;
    private long applied;
    private double probability = 1;
    private @Nullable Random random;

    FaultRule(FaultBook book, @Nullable String method, @Nullable PathTemplate template) {
        this.book = book;
        this.method = method;
        this.template = template;
    }

    /** What happens; puts the rule into force. */
    public FaultRule fail(Fault what) {
        synchronized (this) {
            fault = Objects.requireNonNull(what, "what");
        }
        book.add(this);
        return this;
    }

    /** Lets the first so many requests that fit go by unharmed. */
    public synchronized FaultRule skip(int requests) {
        toSkip = requests;
        return this;
    }

    /** Happens so often, then never again. */
    public synchronized FaultRule times(int requests) {
        left = requests;
        return this;
    }

    /** Happens by chance; the seed makes it the same chance in every run. */
    public synchronized FaultRule withProbability(double chance, long seed) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("a chance is from 0 to 1: " + chance);
        }
        probability = chance;
        random = new Random(seed);
        return this;
    }

    /** Leaves the calls that fetch tokens alone. */
    public synchronized FaultRule exceptToken() {
        exceptToken = true;
        return this;
    }

    /** How often it has happened. */
    public synchronized long applied() {
        return applied;
    }

    /** Takes the rule out of force. */
    public void remove() {
        book.remove(this);
    }

    /** The fault for this request, null when the rule does not fit or lets it go. */
    synchronized @Nullable Fault next(WireRequest request) {
        if (left == 0 || !fits(request)) {
            return null;
        }
        if (toSkip > 0) {
            toSkip--;
            return null;
        }
        if (random != null && random.nextDouble() >= probability) {
            return null;
        }
        left--;
        applied++;
        return fault;
    }

    private boolean fits(WireRequest request) {
        if (exceptToken && request.isToken()) {
            return false;
        }
        return (method == null || method.equals(request.method()))
                && (template == null
                        || template.match(PathTemplate.segments(request.path())).isPresent());
    }
}
