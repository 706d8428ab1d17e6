/**
 * A Tuya cloud of one's own, to test against: {@link io.github.tuyacloud.fake.FakeTuyaCloud#start()} brings it up on
 * the loopback interface, with devices, users, tokens and logs, and as strict about signatures as the real one.
 */
@NullMarked
package io.github.tuyacloud.fake;

import org.jspecify.annotations.NullMarked;
