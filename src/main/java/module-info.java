/** A client for the Tuya IoT cloud; start at {@link io.github.tuyacloud.TuyaCloud}. */
module io.github.tuyacloud {
    requires transitive okhttp3;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.github.tuyacloud;
    exports io.github.tuyacloud.config;
    exports io.github.tuyacloud.exception;
    exports io.github.tuyacloud.live;
    exports io.github.tuyacloud.messages;
    exports io.github.tuyacloud.model;
}
