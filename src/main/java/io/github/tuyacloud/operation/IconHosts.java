package io.github.tuyacloud.operation;

import io.github.tuyacloud.config.Region;

/** The hosts of device icons by region. */
final class IconHosts {

    private IconHosts() {}

    /** Returns a host name without scheme. */
    static String of(Region region) {
        return switch (region) {
            case CN -> "images.tuyacn.com";
            case US, US_EAST -> "images.tuyaus.com";
            case EU, EU_WEST -> "images.tuyaeu.com";
            case IN -> "images.tuyain.com";
            // Singapore has no known host of its own; this host serves the files of all data centers.
            case SG -> "images.tuyaus.com";
        };
    }
}
