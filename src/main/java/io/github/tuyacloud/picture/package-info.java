/**
 * Implements {@link io.github.tuyacloud.live}: keeps the state of all devices in memory and confirms commands. Not
 * exported.
 *
 * <p>{@link io.github.tuyacloud.picture.Pictures} starts a {@code LivePicture} for each living picture. Its parts:
 *
 * <ul>
 *   <li>Messages become {@code Report}s; {@code PictureReader} reads device lists and statuses. Each becomes a
 *       {@code SnapshotUpdate}, which a {@code DevicePicture} applies according to {@code Ordering}.
 *   <li>Changes are queued as a {@code ChangeBatch} for {@code Listeners}, which retry until each listener returns.
 *   <li>{@code PictureSynchronizer} decides when to read: at the start, after a gap, to verify, and to settle
 *       {@code Doubts} about values. {@code CallAllowance} limits the calls.
 *   <li>{@code ConnectionMonitor} tracks the connection to the message service; {@code FreshnessEvaluator} determines
 *       whether the picture is current.
 *   <li>{@code Sender} sends commands, and {@code Confirmation} compares reports with them.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.picture;

import org.jspecify.annotations.NullMarked;
