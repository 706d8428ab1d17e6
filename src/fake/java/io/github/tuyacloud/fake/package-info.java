/**
 * A fake Tuya cloud for tests. {@link FakeTuyaCloud#start()} starts it on the loopback interface, with devices, users, tokens
 * and logs. It checks signatures as strictly as the real cloud does.
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
 *   <li>Contents: {@link DemoWorld} at the start; {@link FakeDevice}, {@link FakeProduct} with its
 *       {@link FakeDataPoint}s, {@link FakeUser}, {@link FakeHome} and {@link FakeLogEntry} to add.
 *   <li>How devices take commands: a {@link Temper}.
 *   <li>What it received: {@link FakeRequest}s and {@link FakeCommand}s.
 *   <li>Failures: a {@link FaultRule} with a {@link Fault}.
 *   <li>Answers that are less than the documentation promises: {@link Quirk}.
 *   <li>Live messages: {@link FakeMessages}.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.fake;

import org.jspecify.annotations.NullMarked;
