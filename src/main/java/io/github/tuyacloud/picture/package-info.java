/**
 * The machinery behind {@link io.github.tuyacloud.live}: keeps the state of all devices in memory, by the rules of
 * {@link io.github.tuyacloud.picture.Ordering}, and confirms commands.
 */
@NullMarked
package io.github.tuyacloud.picture;

import org.jspecify.annotations.NullMarked;
