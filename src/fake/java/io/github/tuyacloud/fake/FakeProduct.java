package io.github.tuyacloud.fake;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A product, with the data points of its devices.
 *
 * @param id the product id, such as {@code pnzfdr9y}
 * @param name the name in the shop
 * @param category the category code, such as {@code cz} for sockets
 * @param categoryName the name of the category
 * @param model the model number, often empty in the real cloud
 * @param dataPoints the data points of its devices
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

    /**
     * Returns a product without a model number. If it has no data points, requests for its specification are refused
     * with 2009.
     *
     * @param id the product id
     * @param name the name, which is also that of the category
     * @param category the category code
     * @param dataPoints the data points
     * @return a product
     */
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
