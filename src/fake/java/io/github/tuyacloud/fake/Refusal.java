package io.github.tuyacloud.fake;

/** Thrown to refuse a request: becomes a response with {@code success=false}, this code and this message. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    Refusal(int code, String reason) {
        // A refusal is an ordinary response and has no stack trace: some tests provoke hundreds of thousands.
        super(code + " " + reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    static Refusal signInvalid() {
        return new Refusal(1004, "sign invalid");
    }

    static Refusal outOfRange(String what) {
        return new Refusal(1101, "params range invalid: " + what);
    }

    static Refusal missing(String parameter) {
        return new Refusal(1102, parameter + " param is null");
    }

    static Refusal permissionDenied() {
        return new Refusal(1106, "permission deny");
    }

    static Refusal uriPathInvalid() {
        return new Refusal(1108, "uri path invalid");
    }

    static Refusal illegal(String what) {
        return new Refusal(1109, "param is illegal, please check it: " + what);
    }

    static Refusal deviceOffline() {
        return new Refusal(2001, "device is offline");
    }

    static Refusal notSupportedValue() {
        return new Refusal(2008, "command or value not support");
    }

    static Refusal notSupportedDevice() {
        return new Refusal(2009, "not support this device");
    }
}
