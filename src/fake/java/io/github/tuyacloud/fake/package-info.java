/**
 * A Tuya cloud of one's own, to test against: {@link FakeTuyaCloud#start()} brings it up on the loopback interface, with
 * devices, users, tokens and logs, and as strict about signatures as the real one.
 *
 * <pre>{@code
 * try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
 *     fake.addDevice(FakeDevice.builder("porch", DemoWorld.plug()).name("Porch").build());
 *     fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.http(502)).times(1);
 *     // point a client at fake.endpoint(), with fake.apiKey() and fake.apiSecret()
 *     System.out.println(fake.device("porch").status("switch_1") + " after " + fake.requests());
 * }
 * }</pre>
 *
 * <ul>
 *   <li>What is in it: {@link DemoWorld} at the start; {@link FakeDevice}, {@link FakeProduct} with its
 *       {@link FakeDataPoint}s, {@link FakeUser}, {@link FakeHome} and {@link FakeLogEntry} to add.
 *   <li>What it saw: {@link FakeRequest}s and {@link FakeCommand}s.
 *   <li>How it fails: a {@link FaultRule} with a {@link Fault}.
 *   <li>What it pushes: {@link FakeMessages}.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.fake;

import org.jspecify.annotations.NullMarked;
