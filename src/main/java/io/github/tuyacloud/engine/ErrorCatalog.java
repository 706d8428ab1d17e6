package io.github.tuyacloud.engine;

import static io.github.tuyacloud.engine.Recovery.NONE;
import static io.github.tuyacloud.engine.Recovery.RENEW_TOKEN;
import static io.github.tuyacloud.engine.Recovery.RETRY;
import static io.github.tuyacloud.engine.Recovery.RETRY_IF_IDEMPOTENT;
import static io.github.tuyacloud.engine.Recovery.SYNC_CLOCK;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the cloud's error codes mean: what kind of refusal each is, what the client can do, and what a person should. */
final class ErrorCatalog {

    /** Which exception a refusal becomes. */
    enum Kind {
        API,
        AUTH,
        QUOTA
    }

    /** How far a refusal reaches: whether it is about this call, all calls of an endpoint, or the whole plan. */
    enum Reach {
        CALL,
        ENDPOINT,
        PLAN
    }

    /**
     * One code's meaning.
     *
     * @param kind which exception it becomes
     * @param remedy what the client does about it
     * @param reach how far it reaches
     * @param hint what a person should do, or null
     */
    record Entry(
            Kind kind,
            Recovery remedy,
            Reach reach,
            @Nullable String hint) {}

    static final int REQUEST_TIME_INVALID = 1013;

    static final int NOT_SUPPORTED = 2009;
    private static final String FIND_REGION = "TuyaCloud.detectRegion asks all data centers which one is right.";
    private static final Entry UNKNOWN = new Entry(Kind.API, NONE, Reach.CALL, null);
    private static final Entry WRONG_CLIENT_ID = new Entry(
            Kind.AUTH, NONE, Reach.CALL, "Check apiKey: this data center does not know it. Is the region right?");

    private final Map<Integer, Entry> entries = new HashMap<>();

    ErrorCatalog() {
        addSystemCodes();
        addDeviceCodes();
        addServiceCodes();
        addAccountCodes();
        addPlanCodes();
    }

    /** Looks a code up; the message decides where the cloud uses one code for two things. */
    Entry find(int code, @Nullable String message) {
        if (code == NOT_SUPPORTED && namesClientId(message)) {
            return WRONG_CLIENT_ID;
        }
        Entry entry = entries.get(code);
        return entry != null ? entry : family(code);
    }

    static boolean namesClientId(@Nullable String message) {
        String letters = message == null ? "" : message.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return letters.contains("clientid");
    }

    /** Whether a refusal is about the project's plan as a whole. */
    static boolean isAboutPlan(int code) {
        return code / 100 == 288_410;
    }

    /** Codes that are not listed one by one: 28841..., 4000.... and 6000.... are permissions and quotas, 23.. locks ... */
    private static Entry family(int code) {
        if (isAboutPlan(code)) {
            return new Entry(Kind.QUOTA, NONE, Reach.CALL, "Look at the project's plan in the Tuya console.");
        }
        if (code / 1000 == 28_841 || code / 10_000 == 4_000) {
            return new Entry(
                    Kind.AUTH, NONE, Reach.CALL, "The project lacks a permission: look at its Service API tab.");
        }
        if (code / 10_000 == 6_000) {
            return new Entry(
                    Kind.QUOTA, NONE, Reach.CALL, "A quota of the plan is used up: look at it in the console.");
        }
        return switch (code / 100) {
            case 22 -> new Entry(Kind.API, NONE, Reach.CALL, "The timer is refused: check its times and its device.");
            case 23 ->
                new Entry(Kind.API, NONE, Reach.CALL, "The lock refuses this: check its passwords and its state.");
            case 24 ->
                new Entry(
                        Kind.AUTH, NONE, Reach.CALL, "The login or its verification code is refused: start it again.");
            case 25 ->
                new Entry(Kind.API, NONE, Reach.CALL, "The home refuses this: check the ids of home and members.");
            default -> UNKNOWN;
        };
    }

    private void addSystemCodes() {
        add(500, Kind.API, RETRY_IF_IDEMPOTENT, "The cloud has trouble of its own: try again later.");
        add(1000, Kind.API, NONE, "The cloud has no such data: check the ids.");
        add(1001, Kind.AUTH, NONE, "Check apiSecret: copy it again from the project's overview.");
        add(
                1002,
                Kind.AUTH,
                RENEW_TOKEN,
                "The access token did not arrive: does a proxy take headers out of requests?");
        add(1003, Kind.AUTH, NONE, "The grant type is wrong: a token of the project takes grant_type=1.");
        add(
                1004,
                Kind.AUTH,
                NONE,
                "Check apiKey and apiSecret, and that the region is the project's data center: "
                        + "the wrong data center does not know the key. " + FIND_REGION);
        add(1005, Kind.AUTH, NONE, "Check apiKey, and that the region is the project's data center.");
        add(1006, Kind.API, NONE, "The content type is wrong: does a proxy change the headers of requests?");
        add(1007, Kind.API, NONE, "A key in the request is not supported: compare the call with Tuya's documentation.");
        add(1008, Kind.AUTH, NONE, "Check that the project has subscribed this API (Service API tab of the console).");
        add(1010, Kind.AUTH, RENEW_TOKEN, "Even a new access token was refused: is the key used by a user login too?");
        add(1011, Kind.AUTH, RENEW_TOKEN, "Even a new access token was refused: is the region right?");
        add(1012, Kind.AUTH, RENEW_TOKEN, "Even a new access token was refused: is the region right?");
        add(1400, Kind.AUTH, RENEW_TOKEN, "Even a new access token was refused: is the region right?");
        add(
                REQUEST_TIME_INVALID,
                Kind.AUTH,
                SYNC_CLOCK,
                "Set this computer's clock (NTP): the cloud refuses "
                        + "requests that are more than about five minutes off.");
        add(1100, Kind.API, NONE, "A parameter is missing: compare the call with Tuya's documentation.");
        add(1101, Kind.API, NONE, "A parameter is out of range: compare the call with Tuya's documentation.");
        add(1102, Kind.API, NONE, "A parameter is missing: compare the call with Tuya's documentation.");
        add(1103, Kind.API, NONE, "The command was not delivered: check that the device is online, and try again.");
        add(1104, Kind.API, NONE, "A parameter has the wrong type: compare the call with Tuya's documentation.");
        add(1105, Kind.API, NONE, "A header is missing: does a proxy take headers out of requests?");
        add(
                1106,
                Kind.AUTH,
                NONE,
                "Link the app account to the project (Devices > Link App Account), check the device "
                        + "id, and that the region is the data center of that account. " + FIND_REGION);
        add(1107, Kind.AUTH, NONE, "The authorization code is wrong or used already.");
        add(1108, Kind.API, NONE, "The path or the HTTP method is wrong: compare them with Tuya's documentation.");
        add(1109, Kind.API, NONE, "A parameter is wrong: compare the call with Tuya's documentation.");
        add(1110, Kind.QUOTA, RETRY, "Too many calls at once: set requestsPerSecond or maxConcurrency lower.");
        add(1111, Kind.API, RETRY_IF_IDEMPOTENT, "The cloud is busy: try again later.");
        add(
                1112,
                Kind.API,
                RETRY_IF_IDEMPOTENT,
                "The cloud is still taking over the user's data: try again in a few minutes.");
        add(1113, Kind.API, NONE, "The same was asked a moment ago: wait a little before asking again.");
        add(
                1114,
                Kind.AUTH,
                NONE,
                "Clear the project's IP allowlist or add this address (Authorization > Cloud "
                        + "Authorization IP Allowlist); a wrong key or region gives this code too. " + FIND_REGION);
        add(1199, Kind.QUOTA, RETRY, "Too many calls: set requestsPerSecond lower.");
    }

    private void addDeviceCodes() {
        add(2001, Kind.API, NONE, "The device is offline: check its power and network.");
        add(2002, Kind.API, NONE, "The account has no devices: is the region the data center of the account?");
        add(2003, Kind.API, NONE, "The device has no such function: getFunctions lists what it takes.");
        add(2004, Kind.API, NONE, "This kind of lock is not supported.");
        add(2005, Kind.API, NONE, "There is no such product.");
        add(2006, Kind.API, NONE, "There is no such user: is the region the data center of the account?");
        add(
                2007,
                Kind.AUTH,
                NONE,
                "This data center does not answer your network: use the data center of your account.");
        add(2008, Kind.API, NONE, "The device does not take this code or value: getFunctions lists codes and ranges.");
        add(NOT_SUPPORTED, Kind.API, NONE, "The device has no data points of the standard kind.");
        add(2010, Kind.API, NONE, "There is no such device: it may have been removed or paired again under a new id.");
    }

    private void addServiceCodes() {
        add(2012, Kind.API, NONE, "The device's application is not supported.");
        add(2013, Kind.API, NONE, "The timer was not added: check that the device is online and supports timers.");
        add(2014, Kind.API, NONE, "The device has no timers.");
        add(2015, Kind.API, NONE, "Devices of this category are not supported by this call.");
        add(2016, Kind.API, NONE, "There is no such remote control: it may have been removed.");
        add(2017, Kind.API, NONE, "There is no such schema: check the name of the app's schema in the console.");
        add(2018, Kind.API, NONE, "The data could not be decrypted: is it encrypted with this project's key?");
        add(2019, Kind.API, NONE, "The time lies more than two hours ahead: give a shorter one.");
        add(2020, Kind.API, NONE, "Only third-party clouds can use this call.");
        add(2021, Kind.API, NONE, "The email address is not one.");
        add(2022, Kind.API, NONE, "The phone number is not one.");
        add(2023, Kind.API, NONE, "There is such a user already.");
        add(2024, Kind.API, NONE, "The path of the device's file is wrong.");
        add(2025, Kind.API, NONE, "The path of the file does not belong to the device.");
        add(2026, Kind.API, NONE, "The cloud could not tell the IP address: try again later.");
        add(2027, Kind.API, NONE, "What was sent is too large.");
        add(2201, Kind.API, NONE, "The timer overlaps another one.");
        add(2202, Kind.API, NONE, "The date of the timer has a wrong format.");
        add(2203, Kind.API, NONE, "There can be no more than 15 timers of this kind: remove one.");
        add(2204, Kind.API, NONE, "There can be no more than 30 timers of this kind: remove one.");
        add(2205, Kind.API, NONE, "The times overlap those of a timer.");
        add(2206, Kind.API, NONE, "The type of the timer is wrong.");
        add(2207, Kind.API, NONE, "The type of the timer is wrong.");
        add(2208, Kind.API, NONE, "The timer could not be deleted: does it still exist?");
        add(2209, Kind.API, NONE, "The time of the timer has passed.");
        add(2211, Kind.API, NONE, "There is no such group of devices.");
        add(2212, Kind.API, NONE, "The group has no device.");
        add(2301, Kind.API, NONE, "The lock's password is not confirmed yet.");
        add(2312, Kind.API, NONE, "The lock is offline: check its battery, and its gateway's network.");
        add(2319, Kind.API, NONE, "The balance for text messages is used up: top it up in the console.");
        add(2320, Kind.API, NONE, "The balance for text messages is used up: top it up in the console.");
    }

    private void addAccountCodes() {
        add(2401, Kind.AUTH, NONE, "User name or password of the app account is wrong.");
        add(2402, Kind.AUTH, NONE, "The country code of the app account is wrong.");
        add(2403, Kind.AUTH, NONE, "The area of the app account is not supported: check country code and region.");
        add(2405, Kind.AUTH, NONE, "The login ticket is wrong or used up: log in again.");
        add(2406, Kind.AUTH, NONE, "The project is of an old kind or in another data center: check the region.");
        add(2501, Kind.API, NONE, "There is no such home.");
        add(2502, Kind.API, NONE, "There is no such room.");
        add(2503, Kind.API, NONE, "There is no such scene.");
        add(2504, Kind.API, NONE, "The user belongs to another country: use the region of that account.");
        add(2505, Kind.API, NONE, "What was named does not belong together: check the ids of home, room and member.");
        add(2506, Kind.API, NONE, "The member has no app account yet.");
        add(2507, Kind.API, NONE, "The user is in this home already.");
        add(2508, Kind.API, NONE, "Only an administrator of the home may do this.");
        add(2509, Kind.API, NONE, "The home has no such member.");
        add(2510, Kind.API, NONE, "The name is taken: give another.");
        add(2511, Kind.API, NONE, "The devices do not fit the template of the scene.");
        add(2512, Kind.API, NONE, "The scene has no action: give at least one.");
        add(2513, Kind.API, NONE, "The scene does not belong to this home.");
        add(2514, Kind.API, NONE, "The device does not belong to this scene.");
        add(40001900, Kind.AUTH, NONE, "The project may not use this space: Smart Home projects cannot use this call.");
        add(
                60001001,
                Kind.QUOTA,
                NONE,
                "The plan's controllable devices are used up (10 in the trial): release some in "
                        + "the console or upgrade. Reading still works.");
    }

    private void addPlanCodes() {
        plan(28841001, "Subscribe the project to a plan: IoT Core, in the console's Cloud Services.");
        plan(
                28841002,
                "The plan has expired: extend the trial in the console (Cloud Services > IoT Core > My "
                        + "Subscriptions) or buy a plan.");
        plan(28841003, "The plan's bill is overdue: pay it in the console.");
        plan(
                28841004,
                "The month's quota is used up: wait for the next month or upgrade, and poll less; usage() shows "
                        + "what was called.");
        add(28841101, Kind.AUTH, NONE, "Subscribe the project to this API (Service API tab of the console).");
        endpoint(28841102, "The subscription of this API has expired: renew it in the console.");
        endpoint(28841103, "The bill of this API is overdue: pay it in the console.");
        endpoint(28841104, "The quota of this API is used up: wait for the next month or upgrade.");
        add(
                28841105,
                Kind.AUTH,
                NONE,
                "Authorize the project for this API (Service API tab of the console); it can take "
                        + "minutes to become active.");
        add(28841106, Kind.AUTH, NONE, "Subscribe the project to this API (Service API tab of the console).");
        add(
                28841107,
                Kind.AUTH,
                NONE,
                "Enable this data center for the project in the console, or use the region of "
                        + "the project's data center. " + FIND_REGION);
    }

    private void add(int code, Kind kind, Recovery remedy, @Nullable String hint) {
        entries.put(code, new Entry(kind, remedy, Reach.CALL, hint));
    }

    private void plan(int code, String hint) {
        entries.put(code, new Entry(Kind.QUOTA, NONE, Reach.PLAN, hint));
    }

    private void endpoint(int code, String hint) {
        entries.put(code, new Entry(Kind.QUOTA, NONE, Reach.ENDPOINT, hint));
    }
}
