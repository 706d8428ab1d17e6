/**
 * What a client is made from: where it calls, who it is, and how patient it is.
 *
 * <pre>{@code
 * TuyaCloud cloud = TuyaCloud.builder()
 *         .region(Region.of("we")) // Western Europe, by its alias
 *         .retryPolicy(RetryPolicy.of(5))
 *         .tokenStore(new FileTokenStore(Path.of("tokens.json"))) // the next run goes on with this one's token
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>{@link Region}: Tuya's data centers, one of which knows the project. {@link RegionReport} is what
 *       {@link io.github.tuyacloud.TuyaCloud#detectRegion(String, String) detectRegion} found out about them.
 *   <li>{@link TinytuyaConfig}: what a {@code tinytuya.json} says. A client reads it by itself.
 *   <li>{@link RetryPolicy}: how often and how patiently reads are tried again.
 *   <li>{@link TokenStore}: where an {@link AccessToken} outlives its client. {@link FileTokenStore} is one; a program may
 *       have its own, over a database for instance.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.config;

import org.jspecify.annotations.NullMarked;
