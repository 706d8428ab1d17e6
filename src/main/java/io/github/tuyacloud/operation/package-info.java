/**
 * Operations that take several calls: device lists, logs and DP mappings. Not exported.
 *
 * <p>Each operation creates {@link io.github.tuyacloud.engine.ApiRequest}s, sends them through the
 * {@link io.github.tuyacloud.engine.CallPipeline}, and converts the results to types of the model.
 *
 * <ul>
 *   <li>Device lists: {@link io.github.tuyacloud.operation.DeviceLister} reads them from a {@code DeviceSource}: the
 *       linked accounts, or the {@code Owners} of given devices. {@code DeviceEnrichment} adds details that a list does
 *       not contain. {@link io.github.tuyacloud.operation.DeviceReadings} and
 *       {@link io.github.tuyacloud.operation.BatchStatus} read values of many devices.
 *   <li>Logs: {@link io.github.tuyacloud.operation.DeviceLogs} reads them page by page ({@code LogReader}), in
 *       concurrent windows ({@code ParallelLog}) or lazily ({@code LogStream}).
 *   <li>DP mappings: {@link io.github.tuyacloud.operation.Mappings} fetches one for each product, and
 *       {@link io.github.tuyacloud.operation.FullMappings} merges all descriptions of a device.
 *   <li>Checks of a project: {@link io.github.tuyacloud.operation.CheckUp} and
 *       {@link io.github.tuyacloud.operation.RegionProbe}.
 *   <li>Helpers: {@link io.github.tuyacloud.operation.WorkerPool} and {@code TaskScope} for concurrent requests,
 *       {@link io.github.tuyacloud.operation.ServiceFallback} for deprecated services,
 *       {@link io.github.tuyacloud.operation.Writes} for requests that change something.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.operation;

import org.jspecify.annotations.NullMarked;
