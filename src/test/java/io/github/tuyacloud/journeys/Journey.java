package io.github.tuyacloud.journeys;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.Quirk;
import java.util.SortedMap;

/**
 * A named sequence of calls to the public API that records facts.
 *
 * @param name its name in the table of differences
 * @param steps the calls
 */
record Journey(String name, Steps steps) {
    /** The calls of a journey. */
    @FunctionalInterface
    interface Steps {
        void run(JourneyWorld world, Facts facts) throws Exception;
    }

    /** Runs the journey against a new fake cloud with these quirks. A refusal ends the journey and is a fact, too. */
    SortedMap<String, String> run(Quirk... quirks) throws Exception {
        Facts facts = new Facts();
        try (JourneyWorld world = new JourneyWorld(quirks)) {
            steps.run(world, facts);
        } catch (TuyaException refused) {
            Object code = refused.codeText() == null ? refused.code() : refused.codeText();
            facts.put("error", refused.getClass().getSimpleName() + " " + code);
        }
        return facts.asMap();
    }

    @Override
    public String toString() {
        return name;
    }
}
