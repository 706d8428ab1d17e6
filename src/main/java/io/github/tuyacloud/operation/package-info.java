/**
 * Device lists, logs and DP maps, put together from as many calls as they take. Not exported.
 *
 * <p>Each class here makes {@link io.github.tuyacloud.engine.ApiRequest}s, hands them to the
 * {@link io.github.tuyacloud.engine.CallPipeline} and reads the results into the types of the model; how a call gets through
 * is the engine's affair.
 */
@NullMarked
package io.github.tuyacloud.operation;

import org.jspecify.annotations.NullMarked;
