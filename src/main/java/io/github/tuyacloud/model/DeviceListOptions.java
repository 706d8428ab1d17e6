package io.github.tuyacloud.model;

import java.util.List;

/**
 * How to list devices: which earlier list to reuse, and whether to fetch DP mappings.
 *
 * @param oldList devices from an earlier run, whose MAC addresses, UUIDs, serial numbers and mappings are not fetched
 *     again
 * @param includeMap whether each device gets its {@link DpMapping}, which takes one more request for each unknown
 *     product
 */
public record DeviceListOptions(List<Device> oldList, boolean includeMap) {

    /** Copies the list. */
    public DeviceListOptions {
        oldList = List.copyOf(oldList);
    }

    /**
     * Creates a builder without an old list and without mappings.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the options; not thread-safe. */
    public static final class Builder {

        private List<Device> oldList = List.of();
        private boolean includeMap;

        private Builder() {}

        /**
         * Sets devices from an earlier run.
         *
         * @param devices the devices, for example from {@code DevicesFile.read}
         * @return this builder
         */
        public Builder oldList(List<Device> devices) {
            this.oldList = List.copyOf(devices);
            return this;
        }

        /**
         * Sets whether each device gets its DP mapping.
         *
         * @param include false by default
         * @return this builder
         */
        public Builder includeMap(boolean include) {
            this.includeMap = include;
            return this;
        }

        /**
         * Creates the options.
         *
         * @return the options
         */
        public DeviceListOptions build() {
            return new DeviceListOptions(oldList, includeMap);
        }
    }
}
