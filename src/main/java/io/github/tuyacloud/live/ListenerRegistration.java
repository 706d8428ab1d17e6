package io.github.tuyacloud.live;

/** The registration of a listener of a living picture. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** Removes the listener. A change that is being delivered to it may still be completed. */
    @Override
    void close();
}
