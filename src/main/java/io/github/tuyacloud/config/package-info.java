/**
 * The configuration of a client: its data center, its credentials and its retries.
 *
 * <pre>{@code
 * TuyaCloud cloud = TuyaCloud.builder()
 *         .region(Region.of("we")) // Western Europe, by its alias
 *         .retryPolicy(RetryPolicy.of(5))
 *         .tokenStore(new FileTokenStore(Path.of("tokens.json"))) // the next run reuses this one's token
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>{@link Region}: Tuya's data centers, one of which has the project. {@link RegionReport} is the result of {@link
 *       io.github.tuyacloud.TuyaCloud#detectRegion detectRegion}.
 *   <li>{@link TinytuyaConfig}: the content of a {@code tinytuya.json}, which a client reads by default.
 *   <li>{@link RetryPolicy}: how often reads are retried, and after which delays.
 *   <li>{@link TokenStore}: keeps an {@link AccessToken} beyond the life of a client. {@link FileTokenStore} uses a
 *       file; a program can implement its own, for example on a database.
 *   <li>{@link CallTag}: the endpoint of a request, for the metrics of your own OkHttp client.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.config;

import org.jspecify.annotations.NullMarked;
