package com.example.program;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import java.util.Map;

/** Reads a device, switches it, and reads it again. Expects the endpoint, the key and the secret. */
public final class Program {
    /** The fields of a device that the program needs. */
    public record Named(String id, String name) {}

    private Program() {}

    public static void main(String[] args) {
        try (TuyaCloud cloud = TuyaCloud.builder()
                .endpoint(args[0])
                .apiKey(args[1])
                .apiSecret(args[2])
                .build()) {
            System.out.println("devices: " + cloud.getDevices().size());
            Device plug = cloud.getDevices().stream()
                    .filter(device -> cloud.getStatus(device.id()).getBoolean("switch_1") != null)
                    .findFirst()
                    .orElseThrow();
            System.out.println("sent: " + cloud.sendCommand(plug.id(), Command.of("switch_1", true)));
            System.out.println("on: " + cloud.getStatus(plug.id()).isTrue("switch_1"));
            System.out.println("sent: " + cloud.sendCommand(plug.id(), Command.of("switch_1", false)));
            System.out.println("on: " + cloud.getStatus(plug.id()).isTrue("switch_1"));
            System.out.println("set: " + cloud.things().setProperties(plug.id(), Map.of("switch_1", true)));
            System.out.println(
                    "model: " + !cloud.things().fullMapping(plug.id()).dps().isEmpty());
            System.out.println("log: " + !cloud.getDeviceLog(plug.id()).logs().isEmpty());
            Named named = cloud.cloudRequest("/v1.0/devices/" + plug.id()).result(Named.class);
            System.out.println("same: " + named.equals(new Named(plug.id(), plug.name())));
        }
    }
}
