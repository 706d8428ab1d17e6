package io.github.tuyacloud.picture;

/** Defines which of the changes found by a read should have been reported by messages. */
enum Expectation {
    /** No changes: messages may have been lost, or the message service is not used. */
    NONE {
        @Override
        void changed(ExpectedMessages expectedMessages, String deviceId, String what) {}
    },
    /** All changes since the devices were last read. */
    ALL {
        @Override
        void changed(ExpectedMessages expectedMessages, String deviceId, String what) {
            expectedMessages.expect(deviceId, what);
        }
    },
    /** The changes made by a command. */
    COMMAND {
        @Override
        void changed(ExpectedMessages expectedMessages, String deviceId, String what) {
            expectedMessages.expectAfterCommand(deviceId, what);
        }
    };

    /** Records that a read has found a change. */
    abstract void changed(ExpectedMessages expectedMessages, String deviceId, String what);
}
