/**
 * The arguments and results of the calls: immutable values that keep everything the cloud sends.
 *
 * <pre>{@code
 * DeviceStatus status = cloud.getStatus(id);
 * boolean on = status.isTrue("switch_1"); // false if there is no such data point
 * DpMapping mapping = cloud.getMapping("pnzfakeplug1", id).orElseThrow(); // by product id
 * status.describe(mapping).forEach(System.out::println); // such as cur_voltage (20): 230.2 V
 * Command command = Command.checked(mapping, "countdown_1", 600);
 * }</pre>
 *
 * <ul>
 *   <li>Devices: {@link Device}, listed with {@link DeviceListOptions}; {@link Home}, {@link Room}, {@link Scene}.
 *   <li>Values: {@link DeviceStatus} and its {@link DataPoint}s; with a mapping, {@link DescribedValue}s and
 *       {@link ColorValue}s. A {@link Command} sets a value; {@link StandardCodes} has the most common codes.
 *   <li>The meaning of values: the {@link DpMapping} of a product, {@link DeviceFunctions} and
 *       {@link DeviceSpecification}, all of which consist of {@link DataPointSpec}s; {@link ThingModel} and
 *       {@link ThingProperties} for all data points.
 *   <li>Logs: a {@link DeviceLogQuery} returns a {@link DeviceLog} with {@link LogEntry}s.
 *   <li>Any other call: {@link CloudRequest} and {@link CloudResponse}. {@link Usage} counts requests.
 * </ul>
 *
 * <p>Values of data points are plain Java: {@code Boolean}, {@code Long}, {@code BigInteger} for whole numbers that do
 * not fit a long, {@code BigDecimal} for every fraction, {@code String}, {@code Map} and {@code List}. {@code extra()}
 * has the members for which a type has no component. {@code fromMap} reads a type from the cloud's JSON; {@code asMap}
 * and Jackson write it in the same form. No {@code toString} in this package shows a local key or a token.
 */
@NullMarked
package io.github.tuyacloud.model;

import org.jspecify.annotations.NullMarked;
