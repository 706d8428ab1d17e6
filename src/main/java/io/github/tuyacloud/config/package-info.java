/**
 * What a client is made from: the {@linkplain io.github.tuyacloud.config.Region data centers} and the
 * {@linkplain io.github.tuyacloud.config.RegionReport report} that tells which one is right, the
 * {@linkplain io.github.tuyacloud.config.TinytuyaConfig tinytuya.json reader}, the
 * {@linkplain io.github.tuyacloud.config.RetryPolicy retry policy} and the
 * {@linkplain io.github.tuyacloud.config.TokenStore place where access tokens are kept}.
 */
@NullMarked
package io.github.tuyacloud.config;

import org.jspecify.annotations.NullMarked;
