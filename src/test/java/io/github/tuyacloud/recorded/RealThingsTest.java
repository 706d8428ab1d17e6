package io.github.tuyacloud.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.DataPointType;
import io.github.tuyacloud.model.DescribedValue;
import io.github.tuyacloud.model.DpMapping;
import io.github.tuyacloud.model.ThingModel;
import io.github.tuyacloud.model.ThingProperties;
import io.github.tuyacloud.model.ThingProperty;
import io.github.tuyacloud.model.ThingPropertySpec;
import io.github.tuyacloud.support.FakeCloudTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that nothing is lost in recorded thing models and properties of real devices, which the fake serves. */
class RealThingsTest extends FakeCloudTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FOLDER = "realResponses";

    @Test
    void models_recorded_areReadCompletely() throws IOException {
        for (Path file : files("thing_model")) {
            JsonNode recorded = read(file);
            // Some recordings contain only the model, already decoded.
            String text = recorded.has("model") ? recorded.path("model").textValue() : recorded.toString();
            JsonNode expected = MAPPER.readTree(text);
            serve("/v2.0/cloud/thing/{id}/model", Map.of("model", text));

            ThingModel model = cloud.things().model(DemoWorld.PLUG);

            assertThat(model.modelId())
                    .as("%s", file)
                    .isEqualTo(expected.path("modelId").textValue());
            List<JsonNode> properties = new ArrayList<>();
            expected.path("services")
                    .forEach(service -> service.path("properties").forEach(properties::add));
            assertThat(model.properties()).as("%s", file).isNotEmpty().hasSameSizeAs(properties);
            for (int i = 0; i < properties.size(); i++) {
                ThingPropertySpec property = model.properties().get(i);
                JsonNode raw = properties.get(i);
                assertThat(property.code()).isEqualTo(raw.path("code").textValue());
                assertThat(property.accessMode().code())
                        .isEqualTo(raw.path("accessMode").textValue());
                assertThat(property.typeSpec().values())
                        .hasSize(raw.path("typeSpec").size() - 1);
                assertThat(property.dpId() == null).isEqualTo(!raw.has("abilityId"));
                assertThat(property.extra().keySet()).isSubsetOf("extensions");
                assertThat(DataPointType.of(property.typeSpec().type())).isNotEqualTo(DataPointType.OTHER);
            }
        }
    }

    @Test
    void properties_recorded_areReadCompletely() throws IOException {
        for (Path file : files("thing_properties")) {
            JsonNode recorded = propertiesIn(file);
            serve("/v2.0/cloud/thing/{id}/shadow/properties", Map.of("properties", recorded));

            ThingProperties properties = cloud.things().properties(DemoWorld.PLUG);

            assertThat(properties.properties()).as("%s", file).isNotEmpty().hasSameSizeAs(recorded);
            for (int i = 0; i < recorded.size(); i++) {
                ThingProperty property = properties.properties().get(i);
                JsonNode raw = recorded.get(i);
                assertThat(property.code()).isEqualTo(raw.path("code").textValue());
                assertThat(property.value() == null).isEqualTo(!raw.has("value"));
                assertThat(property.time() == null).isEqualTo(!raw.has("time"));
                assertThat(property.extra()).isEmpty();
            }
        }
    }

    @Test
    void modelAndProperties_ofOneDevice_formAFullMapping() throws IOException {
        List<Path> models = files("thing_model");
        List<Path> properties = files("thing_properties");
        int described = 0;
        for (Path model : models) {
            for (Path values : properties) {
                described += describe(model, values);
            }
        }
        assertThat(described).isGreaterThan(0);
    }

    @Test
    void statusAndSpecification_ofOneDevice_match() throws IOException {
        int described = 0;
        for (Path specification : files("specification")) {
            for (Path status : files("status")) {
                JsonNode values = resultIn(status);
                JsonNode spec = resultIn(specification);
                List<String> codes = spec.path("status").findValuesAsText("code");
                if (codes.isEmpty() || !codes.containsAll(values.findValuesAsText("code"))) {
                    continue;
                }
                serve("/v1.1/devices/{id}/specifications", spec);
                fake.on("GET", "/v1.0/iot-03/devices/{id}/status").fail(Fault.result(values));
                DpMapping mapping = cloud.getMapping(specification + "+" + status, DemoWorld.PLUG)
                        .orElseThrow();

                List<DescribedValue> all = cloud.getStatus(DemoWorld.PLUG).describe(mapping);

                assertThat(all)
                        .as("%s of %s", status, specification)
                        .hasSameSizeAs(values)
                        .allSatisfy(value -> {
                            assertThat(value.spec()).as("%s", value).isNotNull();
                            assertThat(value.fits()).as("%s", value).isTrue();
                        });
                described += all.size();
            }
        }
        assertThat(described).isGreaterThan(0);
    }

    /** Describes all values of a device if model and values belong to the same one. */
    private int describe(Path modelFile, Path valuesFile) throws IOException {
        JsonNode recorded = read(modelFile);
        String text = recorded.has("model") ? recorded.path("model").textValue() : recorded.toString();
        List<String> codes = MAPPER.readTree(text).findValuesAsText("code");
        JsonNode values = propertiesIn(valuesFile);
        if (!codes.containsAll(values.findValuesAsText("code"))) {
            return 0;
        }
        serve("/v2.0/cloud/thing/{id}/model", Map.of("model", text));
        fake.on("GET", "/v2.0/cloud/thing/{id}/shadow/properties").fail(Fault.result(Map.of("properties", values)));
        fake.on("GET", "/v1.1/devices/{id}/specifications").fail(Fault.code(2009, "not support this device"));

        DpMapping mapping = cloud.things().fullMapping(DemoWorld.PLUG);
        List<DescribedValue> described =
                cloud.things().properties(DemoWorld.PLUG).status().describe(mapping);

        assertThat(mapping.dps().values()).extracting(DataPointSpec::code).doesNotHaveDuplicates();
        assertThat(described).hasSameSizeAs(values).allSatisfy(value -> {
            assertThat(value.spec()).as("%s", value).isNotNull();
            assertThat(value.fits()).as("%s", value).isTrue();
        });
        return described.size();
    }

    private void serve(String template, Object result) {
        fake.clearFaults().on("GET", template).fail(Fault.result(result));
    }

    private static JsonNode propertiesIn(Path file) throws IOException {
        return resultIn(file).path("properties");
    }

    /** Returns the result; some recordings contain it without its envelope. */
    private static JsonNode resultIn(Path file) throws IOException {
        JsonNode recorded = read(file);
        return recorded.has("result") ? recorded.path("result") : recorded;
    }

    private static JsonNode read(Path file) throws IOException {
        return MAPPER.readTree(Files.readString(file));
    }

    private static List<Path> files(String kind) throws IOException {
        String folder = System.getProperty(FOLDER, "");
        assumeTrue(!folder.isEmpty(), "recorded responses are only looked at with -D" + FOLDER + "=folder");
        try (Stream<Path> files = Files.list(Path.of(folder, kind))) {
            return files.sorted().toList();
        }
    }
}
