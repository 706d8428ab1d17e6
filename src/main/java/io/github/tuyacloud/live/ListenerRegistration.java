package io.github.tuyacloud.live;

/** A listener of a living picture, until it is removed. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** Removes the listener. A change that is being delivered to it may still be completed. */
    @Override
    void close();
}
