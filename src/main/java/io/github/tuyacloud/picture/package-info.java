/**
 * The machinery behind {@link io.github.tuyacloud.live}: keeps the state of all devices in memory and confirms commands. Not
 * exported.
 *
 * <p>{@link io.github.tuyacloud.picture.Pictures} starts a {@code Home} for each living picture. What happens in it:
 *
 * <ul>
 *   <li>A message becomes {@code Report}s, a device list or status becomes readings ({@code HomeReader}). A
 *       {@code DevicePicture} applies both by the rules of {@code Ordering} and computes the changes.
 *   <li>Changes wait as a {@code Batch} for {@code Listeners}, each of which gets each change until it returns.
 *   <li>{@code Keeper} decides when to read: at the start, after a gap, to verify, and to settle {@code Doubts} about values.
 *       {@code CallAllowance} limits what that costs.
 *   <li>{@code Link} watches the connection to the message service; {@code FreshnessJudge} decides from it whether the picture can
 *       be relied on.
 *   <li>{@code Sender} sends commands, and {@code Confirmation} compares reports with them.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.picture;

import org.jspecify.annotations.NullMarked;
