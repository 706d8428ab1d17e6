/**
 * Journeys through the public API against a fake cloud with quirks: the lists of {@code *Journeys}, what each quirk takes away in
 * {@code Differences}, and the comparison in {@code JourneysTest}.
 */
package io.github.tuyacloud.journeys;
