package com.example.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Calls the web application over HTTP; its cloud is a fake one. */
class ApplicationTest {
    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext application;

    @BeforeEach
    void start() {
        fake.addDevice(
                FakeDevice.builder("porch", DemoWorld.plug()).name("Porch").build());
        application = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--tuya.endpoint=" + fake.endpoint(),
                "--tuya.key=" + fake.apiKey(),
                "--tuya.secret=" + fake.apiSecret());
    }

    @AfterEach
    void stop() {
        application.close();
        fake.close();
    }

    @Test
    void devices_asJson_haveTheNamesOfTheCloudAndNoSecrets() throws Exception {
        HttpResponse<String> response = call("GET", "/devices");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"id\":\"porch\"", "\"name\":\"Porch\"")
                .doesNotContain("local_key");
    }

    @Test
    void command_overHttp_reachesTheDevice() throws Exception {
        assertThat(call("PUT", "/devices/porch/switch_1/true").body()).isEqualTo("true");

        assertThat(fake.device("porch").status("switch_1")).isEqualTo(true);
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
