package io.github.tuyacloud.engine;

import static io.github.tuyacloud.engine.ErrorCatalog.Kind.API;
import static io.github.tuyacloud.engine.ErrorCatalog.Kind.AUTH;
import static io.github.tuyacloud.engine.ErrorCatalog.Kind.QUOTA;
import static io.github.tuyacloud.engine.Recovery.NONE;
import static io.github.tuyacloud.engine.Recovery.RENEW_TOKEN;
import static io.github.tuyacloud.engine.Recovery.RETRY;
import static io.github.tuyacloud.engine.Recovery.RETRY_IF_IDEMPOTENT;
import static io.github.tuyacloud.engine.Recovery.SYNC_CLOCK;

import io.github.tuyacloud.engine.ErrorCatalog.Advice;
import io.github.tuyacloud.engine.ErrorCatalog.Entry;
import io.github.tuyacloud.engine.ErrorCatalog.Kind;
import io.github.tuyacloud.engine.ErrorCatalog.Reach;
import java.util.HashMap;
import java.util.Map;

/** The table of the cloud's documented error codes. */
final class ErrorTable {

    private static final String FIND_REGION = " TuyaCloud.detectRegion asks all data centers which one is right.";
    private static final String SUBSCRIBE = "Subscribe the project to this API (Service API tab of the console).";
    private static final String PROXY = "does a proxy remove headers from requests?";

    /** The usual reason why even a new token is rejected. */
    private static final String OTHER_PROGRAM =
            "Even a new access token was refused. The usual reason is another program that uses the same project and "
                    + "invalidates the token: look for Home Assistant, Homebridge, openHAB, ioBroker, Node-RED or a script "
                    + "with the same access id, and stop it or give it its own project. If no program does, check that "
                    + "the region is the project's data center.";

    private final Map<String, Entry> entries = new HashMap<>();

    ErrorTable() {
        addCredentials();
        addRequests();
        addDevices();
        addServices();
        addFurtherServices();
        addAccounts();
        addHomes();
        addPlans();
    }

    Map<String, Entry> entries() {
        return entries;
    }

    private void addCredentials() {
        add(1001, AUTH, NONE, "Check apiSecret: copy it again from the project's overview.");
        add(1002, AUTH, RENEW_TOKEN, "The access token did not arrive: " + PROXY);
        add(1003, AUTH, NONE, "The grant type is wrong: a project's token needs grant_type=1.");
        String signature =
                "Check apiKey and apiSecret, and that the region is the project's data center: the wrong data "
                        + "center does not know the key." + FIND_REGION;
        add(1004, AUTH, NONE, signature);
        add("SING_VALIDATE_FALED_4", AUTH, NONE, signature);
        add(1005, AUTH, NONE, "Check apiKey, and that the region is the project's data center.");
        add(1008, AUTH, NONE, SUBSCRIBE);
        add(1010, AUTH, RENEW_TOKEN, OTHER_PROGRAM);
        add(1011, AUTH, RENEW_TOKEN, OTHER_PROGRAM);
        add(1012, AUTH, RENEW_TOKEN, OTHER_PROGRAM);
        add(1400, AUTH, RENEW_TOKEN, OTHER_PROGRAM);
        add(
                1013,
                AUTH,
                SYNC_CLOCK,
                "Set this computer's clock (NTP): the cloud refuses requests that are more than about five minutes off.");
        entries.put(
                "1106",
                new Entry(
                        AUTH,
                        NONE,
                        Reach.CALL,
                        "Link the app account to the project (Devices > Link App Account), check the device id, and check "
                                + "that the region is the data center of that account." + FIND_REGION,
                        Advice.ACCESS));
        add(1107, AUTH, NONE, "The authorization code is wrong or was used before.");
        add(
                1114,
                AUTH,
                NONE,
                "Clear the project's IP allowlist or add this address (Authorization > Cloud Authorization IP "
                        + "Allowlist). A wrong key or region leads to this code, too." + FIND_REGION);
        add(4001, AUTH, NONE, "The project may not use this API: subscribe to it in the console (Service API tab).");
    }

    private void addRequests() {
        String unhandled = "The cloud could not handle the request: it has a problem, or what was sent is wrong.";
        wrong(500, RETRY_IF_IDEMPOTENT, unhandled + " Try again later.");
        wrong(501, RETRY_IF_IDEMPOTENT, unhandled);
        add(1000, API, NONE, "The cloud has no such data: check the ids.");
        add(1006, API, NONE, "The content type is wrong: does a proxy change the headers of requests?");
        wrong(1007, NONE, "A key in the request is not supported.");
        wrong(1100, NONE, "A parameter is missing.");
        wrong(1101, NONE, "A parameter is out of range.");
        wrong(1102, NONE, "A parameter is missing.");
        wrong(
                1103,
                RETRY_IF_IDEMPOTENT,
                "The cloud had a problem with delivering the command: check that the device is online.");
        wrong(1104, NONE, "A parameter has the wrong type.");
        add(1105, API, NONE, "A header is missing: " + PROXY);
        add(
                1108,
                API,
                NONE,
                "The path or the HTTP method is wrong, or this endpoint does not have the call: compare them with Tuya's "
                        + "documentation, and check region and endpoint.");
        wrong(1109, NONE, "A parameter is invalid.");
        add(1110, QUOTA, RETRY, "Too many concurrent requests: lower requestsPerSecond or maxConcurrency.");
        add(1111, API, RETRY_IF_IDEMPOTENT, "The cloud is busy: try again later.");
        add(
                1112,
                API,
                RETRY_IF_IDEMPOTENT,
                "The cloud is still synchronizing the user's data: try again in a few minutes.");
        add(
                1113,
                API,
                NONE,
                "The same operation was requested a moment ago: wait a little. If the message mentions an upgrade, the "
                        + "call needs the commercial version.");
        add(1199, QUOTA, RETRY, "Too many requests: lower requestsPerSecond.");
    }

    private void addDevices() {
        String noDevice = "There is no such device: it may have been removed, or paired again under a new id.";
        add(
                2001,
                API,
                NONE,
                "The device is offline: check its power and network, and those of its gateway; a Bluetooth device that"
                        + " only the app reaches needs a gateway.");
        add(2002, API, NONE, "The account has no devices: check that the region is the data center of the account.");
        unsupported(2003, "The device has no such function.");
        add(2004, API, NONE, "This kind of lock is not supported.");
        add(2005, API, NONE, "There is no such product.");
        add(
                2006,
                API,
                NONE,
                "There is no such user: check that the uid is that of an app account, not of the project, and that the region "
                        + "is its data center.");
        add(
                2007,
                AUTH,
                NONE,
                "This data center does not answer your network: use the data center of your account, without a VPN."
                        + FIND_REGION);
        unsupported(2008, "The device does not accept this code or value.");
        add(
                2009,
                API,
                NONE,
                "The device has no data points of the standard instruction set: things().properties(id) reads all that "
                        + "it has, and things().setProperties sets them.");
        add(2010, API, NONE, noDevice);
        add("DEVICE_NOT_EXIST_V2", API, NONE, noDevice);
        add(40_000_901, API, NONE, noDevice);
        add(40_000_903, API, NONE, "The cloud does not know the device's model: its modelId does not exist.");
        add(2016, API, NONE, "There is no such remote control: it may have been removed.");
        add(30_003, API, NONE, "The infrared device is offline: check the power and network of its hub.");
        entries.put(
                "30100",
                new Entry(
                        API,
                        NONE,
                        Reach.CALL,
                        "The remote control's code library does not have this key: learn the key, or pair the remote "
                                + "control again.",
                        Advice.PARTLY_DONE));
        add(115_001, API, RETRY_IF_IDEMPOTENT, "The camera's streaming server is busy: try again later.");
        add(2301, API, NONE, "The lock's password is not confirmed yet.");
        add(2312, API, NONE, "The lock is offline: check its battery, and the network of its gateway.");
        add(2319, API, NONE, "The balance for text messages is used up: top it up in the console.");
        add(2320, API, NONE, "The balance for text messages is used up: top it up in the console.");
        add(
                2328,
                API,
                RETRY_IF_IDEMPOTENT,
                "Another operation of the lock is in progress: wait a moment, get a new ticket and try again.");
    }

    private void addServices() {
        add(2012, API, NONE, "The device's application is not supported.");
        add(2013, API, NONE, "The timer was not added: check that the device is online and supports timers.");
        add(2014, API, NONE, "The device has no timers.");
        add(2015, API, NONE, "This call does not support devices of this category.");
        add(2017, API, NONE, "There is no such schema: check the name of the app's schema in the console.");
        add(2018, API, NONE, "The data could not be decrypted: check that it was encrypted with this project's key.");
        add(2019, API, NONE, "The time is more than two hours ahead: choose an earlier one.");
        add(2020, API, NONE, "Only third-party clouds can use this call.");
        add(2021, API, NONE, "The email address is invalid.");
        add(2022, API, NONE, "The phone number is invalid.");
        add(2023, API, NONE, "The user already exists.");
        add(2024, API, NONE, "The path of the device's file is wrong.");
        add(2025, API, NONE, "The path of the file does not belong to the device.");
        add(2026, API, NONE, "The cloud could not determine the IP address: try again later.");
        add(2027, API, NONE, "The request is too large.");
        add(2201, API, NONE, "The timer overlaps another one.");
        add(2202, API, NONE, "The date of the timer has a wrong format.");
        add(2203, API, NONE, "There can be at most 15 timers of this kind: remove one.");
        add(2204, API, NONE, "There can be at most 30 timers of this kind: remove one.");
        add(2205, API, NONE, "The times overlap those of a timer.");
        add(2206, API, NONE, "The type of the timer is wrong.");
        add(2207, API, NONE, "The type of the timer is wrong.");
        add(2208, API, NONE, "The timer could not be deleted: check that it still exists.");
        add(2209, API, NONE, "The time of the timer has passed.");
        add(2211, API, NONE, "There is no such group of devices.");
        add(2212, API, NONE, "The group has no devices.");
    }

    private void addFurtherServices() {
        add(2028, API, NONE, "The token has expired: start over and get a new one.");
        add(2029, API, NONE, "The session's state does not allow this: start over.");
        add(2030, API, NONE, "Virtual devices can be scanned only in the data center of China.");
        add(2031, AUTH, NONE, "The third party refused the authorization: authorize again.");
        add(2032, API, NONE, "This request_id was used before: each request needs a new one.");
        add(2033, API, NONE, "A push message can have at most 1000 receivers: send several.");
        add(2037, API, NONE, "The user name belongs to an account of another kind.");
        add(2041, API, NONE, "There is already an operator with this name: choose another name.");
        add(2042, API, NONE, "There is no operator with this name.");
        add(2043, API, NONE, "There is no operator with this UUID.");
        add(2044, API, NONE, "There is no operator with this IP address.");
        add(2045, API, NONE, "The operator's IP address is already in use.");
        add(2046, API, NONE, "The operator's UUID is already in use.");
        add(2047, API, NONE, "The device is frozen and accepts no commands: unfreeze it (freeze-state).");
        add(
                2050,
                API,
                NONE,
                "The remote control's code library does not have this key: learn the key, or pair the remote control"
                        + " again.");
        add(
                2051,
                API,
                RETRY_IF_IDEMPOTENT,
                "The infrared command could not be delivered: check that the hub is online.");
        add(2052, API, NONE, "The remote control cannot set this temperature.");
        add(2053, API, NONE, "The infrared code is invalid: learn it again.");
        add(2054, API, NONE, "There is no such device behind the gateway: it may have been removed.");
        add(2055, API, NONE, "This call does not support the device.");
        add(2056, API, NONE, "The device belongs to another account, or was never activated: check the app.");
        add(2060, API, NONE, "The user could not be added: try again later.");
        add(2061, API, NONE, "Push messages are not configured: complete their settings in the console.");
        add(2062, API, NONE, "The data already exists: check the ids and names.");
        add(2063, API, NONE, "Another Zigbee device is being updated: wait until it is done.");
        add(2064, API, NONE, "The device has the latest firmware already: nothing to do.");
        add(2101, API, NONE, "There is already a device with this name: choose another name.");
    }

    private void addAccounts() {
        add(2401, AUTH, NONE, "The user name or password of the app account is wrong.");
        add(2402, AUTH, NONE, "The country code of the app account is wrong.");
        add(2403, AUTH, NONE, "The area of the app account is not supported: check country code and region.");
        add(2405, AUTH, NONE, "The login ticket is wrong or was used before: log in again.");
        add(
                2406,
                AUTH,
                NONE,
                "The app account does not fit the project: check that its country code and the project's region belong to"
                        + " the same data center, that the account is linked to the project, and that the plan has not"
                        + " expired (Cloud Services > IoT Core)." + FIND_REGION);
        for (int code = 2407; code <= 2421; code++) {
            add(code, AUTH, NONE, "The login or its verification code was refused: start the login again.");
        }
        add(40_001_900, AUTH, NONE, "The project may not use this space: Smart Home projects cannot use this call.");
        add(
                60_009_001,
                AUTH,
                NONE,
                "The project's API permissions do not cover this call: authorize the API in the console (Service API "
                        + "tab). The link in the message leads to the page on authentication methods.");
    }

    private void addHomes() {
        add(2501, API, NONE, "There is no such home.");
        add(2502, API, NONE, "There is no such room.");
        add(2503, API, NONE, "There is no such scene.");
        add(2504, API, NONE, "The user belongs to another country: use the region of that account.");
        add(2505, API, NONE, "The ids do not belong together: check those of home, room and member.");
        add(2506, API, NONE, "The member has no app account yet.");
        add(2507, API, NONE, "The user is already a member of this home.");
        add(2508, API, NONE, "Only an administrator of the home may do this.");
        add(2509, API, NONE, "The home has no such member.");
        add(2510, API, NONE, "The name is taken: choose another.");
        add(2511, API, NONE, "The devices do not fit the template of the scene.");
        add(2512, API, NONE, "The scene has no action: add at least one.");
        add(2513, API, NONE, "The scene does not belong to this home.");
        add(2514, API, NONE, "The device does not belong to this scene.");
    }

    private void addPlans() {
        plan(
                28_841_001,
                "Subscribe the project to a plan and authorize it (Cloud Services > IoT Core in the console). It can take"
                        + " minutes to become active.");
        plan(
                28_841_002,
                "The plan has expired: extend the trial in the console (Cloud Services > IoT Core > My Subscriptions) or "
                        + "buy a plan. Services such as infrared have their own subscription. An extension can take"
                        + " a day to become active.");
        plan(28_841_003, "The plan's bill is overdue: pay it in the console.");
        quota(
                28_841_004,
                "The month's quota is used up: wait for the next month or upgrade, and poll less; usage() shows what was "
                        + "called.");
        add(28_841_101, AUTH, NONE, SUBSCRIBE);
        endpoint(28_841_102, "The subscription of this API has expired: renew it in the console.");
        endpoint(28_841_103, "The bill of this API is overdue: pay it in the console.");
        endpoint(28_841_104, "The quota of this API is used up: wait for the next month or upgrade.");
        add(
                28_841_105,
                AUTH,
                NONE,
                "Authorize the project for this API (Service API tab of the console). It can take minutes to become "
                        + "active.");
        add(28_841_106, AUTH, NONE, SUBSCRIBE);
        add(
                28_841_107,
                AUTH,
                NONE,
                "Enable this data center for the project in the console, or use the region of the project's data center."
                        + " If it is enabled already, remove it there and add it again." + FIND_REGION);
        add(
                60_001_001,
                QUOTA,
                NONE,
                "The plan's controllable devices are used up (10 in the trial): release some in the console or upgrade. "
                        + "Reading still works.");
    }

    private void add(int code, Kind kind, Recovery recovery, String problem) {
        add(Integer.toString(code), kind, recovery, problem);
    }

    private void add(String code, Kind kind, Recovery recovery, String problem) {
        entries.put(code, new Entry(kind, recovery, Reach.CALL, problem, Advice.NONE));
    }

    /** Adds a code for a mistake in the request. */
    private void wrong(int code, Recovery recovery, String problem) {
        entries.put(Integer.toString(code), new Entry(API, recovery, Reach.CALL, problem, Advice.REQUEST));
    }

    /** Adds a code for a device that does not have or accept what the request names. */
    private void unsupported(int code, String problem) {
        entries.put(Integer.toString(code), new Entry(API, NONE, Reach.CALL, problem, Advice.REQUEST_OR_OTHER_CALL));
    }

    private void plan(int code, String problem) {
        entries.put(Integer.toString(code), new Entry(QUOTA, NONE, Reach.PLAN, problem, Advice.NONE));
    }

    private void quota(int code, String problem) {
        entries.put(Integer.toString(code), new Entry(QUOTA, NONE, Reach.PROJECT, problem, Advice.NONE));
    }

    private void endpoint(int code, String problem) {
        entries.put(Integer.toString(code), new Entry(QUOTA, NONE, Reach.ENDPOINT, problem, Advice.NONE));
    }
}
