/** A fake Tuya cloud for tests; start at {@link io.github.tuyacloud.fake.FakeTuyaCloud}. */
module io.github.tuyacloud.fake {
    requires com.fasterxml.jackson.databind;
    requires java.logging;
    requires mockwebserver3;
    requires okhttp3;
    requires static org.jspecify;

    exports io.github.tuyacloud.fake;
}
