package io.github.tuyacloud.fake;

/** The endpoints that issue access tokens. */
final class TokenEndpoints {
    static final String TEMPLATE = "/v1.0/token";

    private TokenEndpoints() {}

    static void addTo(Router router, TokenIssuer tokens) {
        router.add("GET", TEMPLATE, call -> {
            if (!call.requiredQuery("grant_type").equals("1")) {
                throw new Refusal(1003, "grant type invalid");
            }
            return tokens.get();
        });
        router.add("GET", "/v1.0/token/{refresh_token}", call -> tokens.refresh(call.path("refresh_token")));
    }
}
