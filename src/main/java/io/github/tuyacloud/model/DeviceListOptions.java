package io.github.tuyacloud.model;

import java.util.List;

/**
 * How to list devices: which earlier list to start from, and whether to fetch DP mappings too.
 *
 * @param oldList devices from an earlier run, whose MAC, uuid, serial number and mapping need not be fetched again
 * @param includeMap whether each device gets its {@link DpMapping}; one more call for each product not yet known
 */
public record DeviceListOptions(List<Device> oldList, boolean includeMap) {

    /** Copies the list. */
    public DeviceListOptions {
        oldList = List.copyOf(oldList);
    }

    /**
     * Starts with no old list and no mappings.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options; not safe for use by several threads. */
    public static final class Builder {

        private List<Device> oldList = List.of();
        private boolean includeMap;

        private Builder() {}

        /**
         * Gives devices from an earlier run.
         *
         * @param devices for instance what {@code DevicesFile.read} gave
         * @return this builder
         */
        public Builder oldList(List<Device> devices) {
            this.oldList = List.copyOf(devices);
            return this;
        }

        /**
         * Asks for the DP mapping of each device.
         *
         * @param include false unless set
         * @return this builder
         */
        public Builder includeMap(boolean include) {
            this.includeMap = include;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         */
        public DeviceListOptions build() {
            return new DeviceListOptions(oldList, includeMap);
        }
    }
}
