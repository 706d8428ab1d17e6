/**
 * The front door: {@link io.github.tuyacloud.TuyaCloud}, its {@linkplain io.github.tuyacloud.TuyaCloudBuilder builder}, its
 * groups of further calls ({@link io.github.tuyacloud.Devices}, {@link io.github.tuyacloud.Things},
 * {@link io.github.tuyacloud.Homes}), and {@link io.github.tuyacloud.DevicesFile} for tinytuya's {@code devices.json}.
 *
 * <p>What goes in and comes out is in {@link io.github.tuyacloud.model}, what can go wrong in
 * {@link io.github.tuyacloud.exception}, what a client is made from in {@link io.github.tuyacloud.config}.
 */
@NullMarked
package io.github.tuyacloud;

import org.jspecify.annotations.NullMarked;
