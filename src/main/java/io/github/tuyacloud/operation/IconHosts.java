package io.github.tuyacloud.operation;

import io.github.tuyacloud.config.Region;

/** Knows the hosts that serve device icons in each region. */
final class IconHosts {

    private IconHosts() {}

    /** Returns a host name without scheme. */
    static String of(Region region) {
        return switch (region) {
            case CN -> "images.tuyacn.com";
            case US, US_EAST -> "images.tuyaus.com";
            case EU, EU_WEST -> "images.tuyaeu.com";
            case IN -> "images.tuyain.com";
            // It has no known host of its own; this one is known to serve all data centers' files.
            case SG -> "images.tuyaus.com";
        };
    }
}
