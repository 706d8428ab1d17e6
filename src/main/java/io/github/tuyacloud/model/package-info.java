/**
 * What goes into the calls and what comes out of them: immutable values that keep everything the cloud says.
 *
 * <pre>{@code
 * DeviceStatus status = cloud.getStatus(id);
 * Boolean on = status.getBoolean("switch_1"); // null when there is no such data point
 * DpMapping mapping = cloud.getMapping("pnzfakeplug1", id).orElseThrow(); // by product id
 * status.describe(mapping).forEach(System.out::println); // such as cur_voltage (20): 230.2 V
 * Command command = Command.checked(mapping, "countdown_1", 600);
 * }</pre>
 *
 * <ul>
 *   <li>Devices: {@link Device}, listed with {@link DeviceListOptions}; {@link Home}, {@link Room}, {@link Scene}.
 *   <li>Values: {@link DeviceStatus} and its {@link DataPoint}s; with a mapping, {@link DescribedValue}s. To set one:
 *       {@link Command}.
 *   <li>What values mean: {@link DpMapping} of a product, made of {@link DataPointSpec}s, as {@link DeviceFunctions} and
 *       {@link DeviceSpecification} are; {@link ThingModel} and {@link ThingProperties} for all data points.
 *   <li>Logs: {@link DeviceLogQuery} goes in, {@link DeviceLog} with its {@link LogEntry}s comes out.
 *   <li>The rest: {@link CloudResponse} is a whole answer, {@link Usage} what was spent.
 * </ul>
 *
 * <p>Values of data points are plain Java: {@code Boolean}, {@code Long}, {@code BigInteger} for whole numbers past a long,
 * {@code BigDecimal} for every fraction, {@code String}, {@code Map} and {@code List}. What a type does not know by name
 * stays in its {@code extra()}. No {@code toString} here shows a local key or a token.
 */
@NullMarked
package io.github.tuyacloud.model;

import org.jspecify.annotations.NullMarked;
