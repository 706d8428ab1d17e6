/**
 * What goes into the calls and what they return: immutable values that keep everything the cloud sends.
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
 *       {@link ColorValue}s. To set one: {@link Command}; {@link StandardCodes} names the most common.
 *   <li>What values mean: {@link DpMapping} of a product, made of {@link DataPointSpec}s, as are {@link DeviceFunctions} and
 *       {@link DeviceSpecification}; {@link ThingModel} and {@link ThingProperties} for all data points.
 *   <li>Logs: {@link DeviceLogQuery} goes in, {@link DeviceLog} with its {@link LogEntry}s comes out.
 *   <li>Any other call: {@link CloudRequest} and {@link CloudResponse}; {@link Usage} counts requests.
 * </ul>
 *
 * <p>Values of data points are plain Java: {@code Boolean}, {@code Long}, {@code BigInteger} for whole numbers that do not fit
 * a long, {@code BigDecimal} for every fraction, {@code String}, {@code Map} and {@code List}. {@code extra()} has the members
 * that a type has no name for. {@code fromMap} reads a type from the cloud's JSON, {@code asMap} and Jackson write it in the
 * same spelling. No {@code toString} here shows a local key or a token.
 */
@NullMarked
package io.github.tuyacloud.model;

import org.jspecify.annotations.NullMarked;
