/**
 * Journeys through the public API against a fake cloud with quirks: the lists of {@code *Journeys}, the effects of each
 * quirk in {@code Differences}, and the comparison in {@code JourneysTest}.
 */
package io.github.tuyacloud.journeys;
