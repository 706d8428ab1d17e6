package com.example.boot;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves devices over HTTP. */
@SpringBootApplication
public class Application {
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @Bean
    TuyaCloud cloud(
            @Value("${tuya.endpoint}") String endpoint,
            @Value("${tuya.key}") String key,
            @Value("${tuya.secret}") String secret) {
        return TuyaCloud.builder()
                .endpoint(endpoint)
                .apiKey(key)
                .apiSecret(secret)
                .build();
    }

    /** The only controller. */
    @RestController
    static class DeviceController {
        private final TuyaCloud cloud;

        DeviceController(TuyaCloud cloud) {
            this.cloud = cloud;
        }

        @GetMapping("/devices")
        List<Device> devices() {
            return cloud.getDevices();
        }

        @PutMapping("/devices/{id}/{code}/{on}")
        boolean set(@PathVariable String id, @PathVariable String code, @PathVariable boolean on) {
            return cloud.sendCommand(id, Command.of(code, on));
        }
    }
}
