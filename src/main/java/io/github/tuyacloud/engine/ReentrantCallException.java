package io.github.tuyacloud.engine;

import java.io.Serial;

/** Thrown when code that the client is running, such as its token store, calls the client: that call could wait for itself. */
final class ReentrantCallException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param caller the code that the client is running
     * @param operation what it called
     */
    ReentrantCallException(String caller, String operation) {
        super(
                caller + " called the client that is running it (" + operation
                        + "). That call could wait for itself, so it is refused: use another client there, or call before or after");
    }
}
