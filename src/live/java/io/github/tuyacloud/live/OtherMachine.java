package io.github.tuyacloud.live;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.DataPointMessage;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionType;

/** A program that shares a subscription from a JVM of its own, so that it can be killed; prints what it has handled. */
final class OtherMachine {
    private OtherMachine() {}

    /** Takes the endpoint, the access id and the subscription type. */
    public static void main(String[] args) throws InterruptedException {
        try (TuyaCloud cloud = Project.client(args[1]);
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                message -> {
                                    DataPointMessage report = (DataPointMessage) message;
                                    System.out.println(report.deviceId() + " "
                                            + report.dataPoints().get(0).value());
                                },
                                SubscriptionOptions.builder()
                                        .endpoint(args[0])
                                        .subscriptionType(SubscriptionType.valueOf(args[2]))
                                        .build())) {
            subscription.await();
        }
    }
}
