package io.github.tuyacloud.bench.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes bodies about devices of 60 products and 5 users, in the cloud's format. */
public final class DeviceResponses {

    static final String STATUS = "[{\"code\":\"switch_1\",\"value\":true},{\"code\":\"countdown_1\",\"value\":0},"
            + "{\"code\":\"add_ele\",\"value\":17},{\"code\":\"cur_current\",\"value\":263},"
            + "{\"code\":\"cur_power\",\"value\":605},{\"code\":\"cur_voltage\",\"value\":2302},"
            + "{\"code\":\"relay_status\",\"value\":\"last\"},{\"code\":\"child_lock\",\"value\":false}]";

    static final String SPECIFICATION = "{\"category\":\"cz\",\"functions\":[" + point("switch_1", 1, "Boolean", "{}")
            + "," + point("countdown_1", 9, "Integer", number("s", 86_400, 0)) + "],\"status\":["
            + point("switch_1", 1, "Boolean", "{}") + "," + point("countdown_1", 9, "Integer", number("s", 86_400, 0))
            + "," + point("cur_current", 18, "Integer", number("mA", 30_000, 0)) + ","
            + point("cur_power", 19, "Integer", number("W", 50_000, 1)) + ","
            + point("cur_voltage", 20, "Integer", number("V", 5_000, 1)) + "]}";

    /** The default number of devices. */
    static final int USUAL = 1_000;

    private static final int PRODUCTS = 60;
    private static final int USERS = 5;

    private final int count;

    /** Creates responses for the default number of devices. */
    public DeviceResponses() {
        this(USUAL);
    }

    DeviceResponses(int count) {
        this.count = count;
    }

    /** Returns a page of the devices of all linked accounts. */
    public String linked(int size, @Nullable String rowKey) {
        List<Integer> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            all.add(number);
        }
        return page("devices", all, size, rowKey, true);
    }

    /** Returns a page of the devices of one user. */
    String ofUser(String uid, int size, @Nullable String rowKey) {
        List<Integer> own = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (uid.equals(user(number))) {
                own.add(number);
            }
        }
        return page("list", own, size, rowKey, false);
    }

    /** Returns factory infos. */
    String factoryInfos(String[] ids) {
        StringBuilder json = new StringBuilder("[");
        for (String id : ids) {
            json.append(json.length() > 1 ? "," : "");
            json.append("{\"id\":\"%s\",\"uuid\":\"%s\",\"sn\":\"%s\",\"mac\":\"fc:67:1f:7d:b8:c4\"}"
                    .formatted(id, id.substring(6), id.substring(10)));
        }
        return json.append(']').toString();
    }

    private static String page(String name, List<Integer> all, int size, @Nullable String rowKey, boolean owner) {
        int from = rowKey == null ? 0 : Integer.parseInt(rowKey.substring(1));
        int to = Math.min(all.size(), from + size);
        StringBuilder json = new StringBuilder("{\"total\":" + all.size() + ",\"has_more\":" + (to < all.size())
                + ",\"last_row_key\":\"R" + to + "\",\"" + name + "\":[");
        for (int number : all.subList(from, to)) {
            json.append(device(number, owner)).append(',');
        }
        json.setLength(json.length() - 1);
        return json.append("]}").toString();
    }

    private static String device(int number, boolean owner) {
        String common = ("{\"id\":\"bf%018d\",\"uuid\":\"9035eaff%08d\",\"name\":\"Device %05d\",\"category\":\"cz\","
                        + "\"product_id\":\"p%015d\",\"product_name\":\"Outdoor Socket Adapter %d\",\"model\":\"M%04d\","
                        + "\"icon\":\"smart/icon/ay1559701439060fw6BY/%08d.png\",\"online\":true,\"ip\":\"203.0.113.7\","
                        + "\"lat\":\"49.1310\",\"lon\":\"16.8096\",\"sub\":false,\"owner_id\":\"44154302\","
                        + "\"time_zone\":\"+01:00\",\"active_time\":1669988230,\"create_time\":1669988230,"
                        + "\"update_time\":1692402101,\"local_key\":\"0123456789abcdef\",")
                .formatted(number, number, number, number % PRODUCTS, number % PRODUCTS, number % PRODUCTS, number);
        return owner
                ? common + "\"uid\":\"" + user(number) + "\",\"biz_type\":0,\"status\":" + STATUS + "}"
                : common + "\"gateway_id\":\"\",\"category_name\":\"Socket\",\"asset_id\":\"\"}";
    }

    private static String user(int number) {
        return String.format(Locale.ROOT, "eu%013dAbCd", 1_588_925_778_000L + number % USERS);
    }

    private static String point(String code, int dp, String type, String values) {
        return "{\"code\":\"" + code + "\",\"dp_id\":" + dp + ",\"type\":\"" + type + "\",\"values\":\""
                + values.replace("\"", "\\\"") + "\"}";
    }

    private static String number(String unit, int max, int scale) {
        return "{\"unit\":\"" + unit + "\",\"min\":0,\"max\":" + max + ",\"scale\":" + scale + ",\"step\":1}";
    }
}
