/**
 * Implements {@link io.github.tuyacloud.live}: keeps the state of all devices in memory and confirms commands. Not
 * exported.
 *
 * <p>{@link io.github.tuyacloud.picture.Pictures} starts a {@code Home} for each living picture. Its parts:
 *
 * <ul>
 *   <li>Messages become {@code Report}s, {@code HomeReader} reads device lists and statuses. A {@code DevicePicture}
 *       applies both by the rules of {@code Ordering} and computes the changes.
 *   <li>Changes are queued as a {@code Batch} for {@code Listeners}, which deliver them until the listener returns.
 *   <li>{@code Keeper} decides when to read: at the start, after a gap, to verify, and to settle {@code Doubts} about
 *       values. {@code CallAllowance} limits the calls.
 *   <li>{@code Link} tracks the connection to the message service; {@code FreshnessJudge} decides whether the picture
 *       is current.
 *   <li>{@code Sender} sends commands, and {@code Confirmation} compares reports with them.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.picture;

import org.jspecify.annotations.NullMarked;
