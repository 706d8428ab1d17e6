package io.github.tuyacloud.live;

/** The registration of a listener of a living picture. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** Removes the listener. A call of the listener that is already running may still complete. */
    @Override
    void close();
}
