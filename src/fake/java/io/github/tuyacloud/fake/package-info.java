/**
 * A fake Tuya cloud for tests. {@link FakeTuyaCloud#start()} starts it on the loopback interface, with users, devices,
 * tokens and logs. It checks signatures as strictly as the real cloud.
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
 *   <li>Contents: initially the {@link DemoWorld}; add a {@link FakeDevice}, {@link FakeProduct} with
 *       {@link FakeDataPoint}s, {@link FakeUser}, {@link FakeHome} or {@link FakeLogEntry}.
 *   <li>How devices handle commands: {@link Temper}.
 *   <li>What the fake cloud has received: {@link FakeRequest}s and {@link FakeCommand}s.
 *   <li>Failures: a {@link FaultRule} with a {@link Fault}.
 *   <li>Responses that deviate from the documentation: {@link Quirk}.
 *   <li>Live messages: {@link FakeMessages}.
 * </ul>
 */
@NullMarked
package io.github.tuyacloud.fake;

import org.jspecify.annotations.NullMarked;
