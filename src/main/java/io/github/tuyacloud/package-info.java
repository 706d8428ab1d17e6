/**
 * The front door: {@link io.github.tuyacloud.TuyaCloud}, its {@linkplain io.github.tuyacloud.TuyaCloudBuilder builder}, and
 * {@link io.github.tuyacloud.DevicesFile} for tinytuya's {@code devices.json}.
 *
 * <p>What goes in and comes out is in {@link io.github.tuyacloud.model}, what can go wrong in
 * {@link io.github.tuyacloud.exception}, what a client is made from in {@link io.github.tuyacloud.config}.
 */
@NullMarked
package io.github.tuyacloud;

import org.jspecify.annotations.NullMarked;
