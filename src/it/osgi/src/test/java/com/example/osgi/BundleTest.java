package com.example.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeTuyaCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Runs the library as a bundle in an OSGi framework. */
class BundleTest {
    @TempDir
    private Path cache;

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.slf4j;version=2.0.20"));
        framework.start();
        try (Stream<Path> bundles = Files.list(Path.of("target", "bundles"))) {
            for (Path bundle : bundles.toList()) {
                framework.getBundleContext().installBundle(bundle.toUri().toString());
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void library_asABundle_resolvesAndListsDevices() throws Exception {
        Bundle library = bundle("io.github.tuyacloud");
        library.start();

        assertThat(library.getState()).isEqualTo(Bundle.ACTIVE);
        try (FakeTuyaCloud fake = FakeTuyaCloud.start()) {
            Object builder = library.loadClass("io.github.tuyacloud.TuyaCloud")
                    .getMethod("builder")
                    .invoke(null);
            for (Map.Entry<String, String> option : Map.of(
                            "endpoint", fake.endpoint(), "apiKey", fake.apiKey(), "apiSecret", fake.apiSecret())
                    .entrySet()) {
                builder.getClass().getMethod(option.getKey(), String.class).invoke(builder, option.getValue());
            }
            try (AutoCloseable cloud =
                    (AutoCloseable) builder.getClass().getMethod("build").invoke(builder)) {
                List<?> devices =
                        (List<?>) cloud.getClass().getMethod("getDevices").invoke(cloud);
                assertThat(devices).isNotEmpty();
            }
        }
    }

    @Test
    void bundle_exports_areThePublicPackages() {
        assertThat(bundle("io.github.tuyacloud").getHeaders().get(Constants.EXPORT_PACKAGE))
                .contains("io.github.tuyacloud.model;", "io.github.tuyacloud.live;")
                .doesNotContain("io.github.tuyacloud.engine", "io.github.tuyacloud.json");
    }

    private Bundle bundle(String name) {
        return Stream.of(framework.getBundleContext().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }
}
