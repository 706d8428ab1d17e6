package io.github.tuyacloud.messages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message about new values of a device's data points, whichever of the cloud's two message sets it belongs to.
 *
 * <p>A project that subscribes to both sets gets each change twice: as a {@link StatusReport} and as a
 * {@link PropertyMessage}.
 */
public sealed interface DataPointMessage extends LiveMessage permits StatusReport, PropertyMessage {

    @Override
    String deviceId();

    /**
     * Says which product the device is one of.
     *
     * @return the product's key (its id, in the cloud's other words), or null when the cloud left it out
     */
    @Nullable
    String productKey();

    /**
     * Gives the cloud's own id of the report.
     *
     * @return the id, or null when the cloud left it out
     */
    @Nullable
    String dataId();

    /**
     * Gives the values.
     *
     * @return in the cloud's order
     */
    List<DataPointChange> dataPoints();
}
