package io.github.tuyacloud.fake;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A rule for a {@link Fault}: which requests fail, how often and with which probability.
 *
 * <p>Created by {@link FakeTuyaCloud#on}, {@link FakeTuyaCloud#onAny} and {@link FakeTuyaCloud#onToken}. The rule
 * applies once {@link #fail} has been called, permanently unless {@link #times} limits it. If several rules match a
 * request, the first one applies.
 */
public final class FaultRule {
    private final FaultRules rules;
    private final @Nullable String method;
    private final @Nullable PathTemplate template;
    private boolean exceptToken;
    private @Nullable Fault fault;
    private long toSkip;
    private long left = Long.MAX_VALUE;
    private long applied;
    private double probability = 1;
    private @Nullable Random random;

    FaultRule(FaultRules rules, @Nullable String method, @Nullable PathTemplate template) {
        this.rules = rules;
        this.method = method;
        this.template = template;
    }

    /**
     * Sets the fault and activates the rule.
     *
     * @param newFault the fault
     * @return this rule
     */
    public FaultRule fail(Fault newFault) {
        synchronized (this) {
            fault = Objects.requireNonNull(newFault, "newFault");
        }
        rules.add(this);
        return this;
    }

    /**
     * Sets how many matching requests pass before the rule applies.
     *
     * @param requests the number of requests; none by default
     * @return this rule
     */
    public synchronized FaultRule skip(int requests) {
        toSkip = requests;
        return this;
    }

    /**
     * Sets how often the rule applies.
     *
     * @param requests the number of requests; no limit by default
     * @return this rule
     */
    public synchronized FaultRule times(int requests) {
        left = requests;
        return this;
    }

    /**
     * Sets a probability. The seed makes the outcome the same in every run.
     *
     * @param chance the probability, from 0 to 1
     * @param seed the seed of the random numbers
     * @return this rule
     * @throws IllegalArgumentException if {@code chance} is not from 0 to 1
     */
    public synchronized FaultRule withProbability(double chance, long seed) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("a probability must be from 0 to 1: " + chance);
        }
        probability = chance;
        random = new Random(seed);
        return this;
    }

    /**
     * Excludes the calls that fetch tokens.
     *
     * @return this rule
     */
    public synchronized FaultRule exceptToken() {
        exceptToken = true;
        return this;
    }

    /**
     * Returns how often the rule has applied.
     *
     * @return the number of requests that failed because of it
     */
    public synchronized long applied() {
        return applied;
    }

    /** Removes the rule. */
    public void remove() {
        rules.remove(this);
    }

    /** Returns the fault for this request; null if the rule does not match or does not apply. */
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
