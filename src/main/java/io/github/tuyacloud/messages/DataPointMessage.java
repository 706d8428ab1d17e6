package io.github.tuyacloud.messages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message with new values of a device's data points, from either of the cloud's two message sets.
 *
 * <p>A project that subscribes to both sets receives each change twice: as a {@link StatusReport} and as a
 * {@link PropertyMessage}.
 */
public sealed interface DataPointMessage extends LiveMessage permits StatusReport, PropertyMessage {

    @Override
    String deviceId();

    /**
     * Returns the product of the device.
     *
     * @return the product id, which messages call product key; null if the cloud omitted it
     */
    @Nullable
    String productKey();

    /**
     * Returns the cloud's id of the report.
     *
     * @return the id, or null if the cloud omitted it
     */
    @Nullable
    String dataId();

    /**
     * Returns the values.
     *
     * @return the new values, in the cloud's order
     */
    List<DataPointChange> dataPoints();
}
