package io.github.tuyacloud.fake;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A kind of device, with the data points that all of its devices have.
 *
 * @param id the product id, such as {@code pnzfdr9y}
 * @param name what the shop calls it
 * @param category the category code, such as {@code cz} for sockets
 * @param categoryName the category in words
 * @param model the model number, often empty in real life
 * @param dataPoints what its devices can do and tell
 */
public record FakeProduct(
        String id, String name, String category, String categoryName, String model, List<FakeDataPoint> dataPoints) {
    public FakeProduct {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(categoryName, "categoryName");
        Objects.requireNonNull(model, "model");
        dataPoints = List.copyOf(dataPoints);
    }

    /** A product without a model number; without data points the cloud says "not support this device" about it. */
    public static FakeProduct of(String id, String name, String category, FakeDataPoint... dataPoints) {
        return new FakeProduct(id, name, category, name, "", List.of(dataPoints));
    }

    Optional<FakeDataPoint> dataPoint(String code) {
        return dataPoints.stream().filter(point -> point.code().equals(code)).findFirst();
    }

    String icon() {
        return "smart/icon/fake/" + id + ".png";
    }
}
