package com.example.porch;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.model.Command;

/** The light at the front door, on a smart plug. */
public final class PorchLight {
    private static final int DEVICE_IS_OFFLINE = 2001;

    private final TuyaCloud cloud;
    private final String deviceId;

    public PorchLight(TuyaCloud cloud, String deviceId) {
        this.cloud = cloud;
        this.deviceId = deviceId;
    }

    /** Switches it on for ten minutes, unless it is on already. Returns false if the plug is offline. */
    public boolean welcome() {
        if (cloud.getStatus(deviceId).isTrue("switch_1")) {
            return true;
        }
        try {
            return cloud.sendCommand(deviceId, Command.of("switch_1", true), Command.of("countdown_1", 600));
        } catch (TuyaApiException e) {
            if (e.code() == DEVICE_IS_OFFLINE) {
                return false;
            }
            throw e;
        }
    }

    /** Switches it on when the motion sensor at the door reports someone; for live messages. */
    public void onMessage(LiveMessage message) {
        if (message instanceof DataPointMessage report && report.deviceId().equals("door")) {
            welcome();
        }
    }
}
