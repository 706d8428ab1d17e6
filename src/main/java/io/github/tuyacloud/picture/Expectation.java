package io.github.tuyacloud.picture;

/** What a read expects of the messages: whether they should have reported what has changed. */
enum Expectation {
    /** Nothing: they may have been lost, or there is no message service. */
    NONE {
        @Override
        void changed(Unheard unheard, String deviceId, String what) {}
    },
    /** All changes since the devices were last read. */
    ALL {
        @Override
        void changed(Unheard unheard, String deviceId, String what) {
            unheard.expect(deviceId, what);
        }
    },
    /** What a command has changed. */
    COMMAND {
        @Override
        void changed(Unheard unheard, String deviceId, String what) {
            unheard.expectOfCommand(deviceId, what);
        }
    };

    /** Records that a read has found a change. */
    abstract void changed(Unheard unheard, String deviceId, String what);
}
