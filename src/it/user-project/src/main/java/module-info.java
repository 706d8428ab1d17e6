/** A user's module. */
module com.example.porch {
    requires transitive io.github.tuyacloud;

    exports com.example.porch;
}
