package io.github.tuyacloud.robustness;

import io.github.tuyacloud.robustness.CloudCall.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The expected outcome of each fault, written by hand: for a read and a write, for a single and a permanent fault.
 *
 * <p>{@code ok n} is the correct result after n attempts, {@code any n} a result that only reflects the fault. The
 * others are failures after n attempts: {@code transport}, {@code api}, {@code auth}, {@code quota}. {@code token}
 * means that one more token is fetched, {@code done} that the write was carried out once, {@code unsent} that the
 * failure says it definitely had no effect. The last column is for calls that only add details to a device list ({@code
 * soft}: fields stay empty if reads fail) and for those that accept any result ({@code raw}).
 */
final class FaultTable {

    private static final String TABLE = """
        fault                                 | read once      | read forever    | write once        | write forever     | else
        connection refused                    | transport 3    | transport 3     | transport 3 unsent  | transport 3 unsent |
        closed before handling                | ok 2           | transport 3     | transport 1       | transport 1       | kept
        closed after carrying out             | ok 2           | transport 3     | transport 1 done  | transport 1 done  | kept
        no response in read timeout           | ok 2           | transport 3     | transport 1       | transport 1       |
        no response in read timeout, but done | ok 2           | transport 3     | transport 1 done  | transport 1 done  |
        no response in call timeout           | transport 1    | transport 1     | transport 1       | transport 1       |
        no response in call timeout, but done | transport 1    | transport 1     | transport 1 done  | transport 1 done  |
        body cut off                          | ok 2           | transport 3     | transport 1 done  | transport 1 done  |
        body slow                             | ok 1           | ok 1            | ok 1              | ok 1              |
        body too slow                         | transport 1    | transport 1     | transport 1 done  | transport 1 done  |
        HTTP 429                              | ok 2           | transport 3     | ok 2              | transport 3 unsent |
        HTTP 500                              | ok 2           | transport 3     | transport 1       | transport 1       |
        HTTP 502                              | ok 2           | transport 3     | transport 1       | transport 1       |
        HTTP 503                              | ok 2           | transport 3     | transport 1       | transport 1       |
        HTTP 504                              | ok 2           | transport 3     | transport 1       | transport 1       |
        HTTP 502, but done                    | ok 2           | transport 3     | transport 1 done  | transport 1 done  |
        HTTP 503 Retry-After 0                | ok 2           | transport 3     | transport 1       | transport 1       |
        HTTP 503 Retry-After 0, but done      | ok 2           | transport 3     | transport 1 done  | transport 1 done  |
        HTTP 503 Retry-After an hour          | transport 1    | transport 1     | transport 1       | transport 1       |
        HTTP 408                              | ok 2           | transport 3     | transport 1       | transport 1       |
        HTTP 301 elsewhere                    | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 302 elsewhere                    | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 303 elsewhere                    | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 307 elsewhere                    | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 308 elsewhere                    | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 401                              | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 403                              | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 404                              | transport 1    | transport 1     | transport 1       | transport 1       | soft
        HTTP 204                              | ok 2           | transport 3     | transport 1       | transport 1       |
        empty body                            | ok 2           | transport 3     | transport 1       | transport 1       |
        a login page                          | ok 2           | transport 3     | transport 1       | transport 1       |
        not JSON                              | ok 2           | transport 3     | transport 1       | transport 1       |
        JSON list                             | ok 2           | transport 3     | transport 1       | transport 1       |
        JSON without success                  | ok 2           | transport 3     | transport 1 done  | transport 1 done  |
        success is a list                     | ok 2           | transport 3     | transport 1 done  | transport 1 done  |
        result missing                        | transport 1    | transport 1     | transport 1 done  | transport 1 done  | raw, soft
        result null                           | transport 1    | transport 1     | transport 1 done  | transport 1 done  | raw, soft
        result of another shape               | transport 1    | transport 1     | transport 1 done  | transport 1 done  | raw, soft
        result is a huge number               | transport 1    | transport 1     | transport 1 done  | transport 1 done  | raw, soft
        t is a huge number                    | ok 1           | ok 1            | ok 1              | ok 1              |
        huge code                             | api 1          | api 1           | api 1             | api 1             | soft
        deep nesting                          | ok 2           | transport 3     | transport 1       | transport 1       |
        endless number                        | ok 2           | transport 3     | transport 1       | transport 1       |
        endless exponent                      | transport 1    | transport 1     | transport 1       | transport 1       | raw, soft
        duplicate keys                        | auth 1         | auth 1          | auth 1            | auth 1            | soft
        lone surrogates                       | auth 1         | auth 1          | auth 1            | auth 1            | soft
        invalid UTF-8                         | ok 2           | transport 3     | transport 1       | transport 1       |
        gzip bomb                             | ok 2           | transport 3     | transport 1       | transport 1       |
        body over 16 MiB                      | ok 2           | transport 3     | transport 1       | transport 1       |
        body without end                      | ok 2           | transport 3     | transport 1       | transport 1       |
        wrong content type                    | ok 1           | ok 1            | ok 1              | ok 1              |
        code 500                              | ok 2           | api 3           | api 1             | api 1             | soft
        code 501                              | ok 2           | api 3           | api 1             | api 1             | soft
        code 1004                             | auth 1         | auth 1          | auth 1            | auth 1            |
        code 1010                             | ok 2 token     | auth 2 token    | ok 2 token        | auth 2 token      |
        code 1010 as text                     | ok 2 token     | auth 2 token    | ok 2 token        | auth 2 token      |
        code 1011                             | ok 2 token     | auth 2 token    | ok 2 token        | auth 2 token      |
        code 1012                             | ok 2 token     | auth 2 token    | ok 2 token        | auth 2 token      |
        code 1400                             | ok 2 token     | auth 2 token    | ok 2 token        | auth 2 token      |
        code 1013                             | ok 2           | auth 2          | ok 2              | auth 2            |
        code 1106                             | auth 1         | auth 1          | auth 1            | auth 1            | soft
        code 1110                             | ok 2           | quota 3         | ok 2              | quota 3           |
        code 1111                             | ok 2           | api 3           | api 1             | api 1             | soft
        code 1112                             | ok 2           | api 3           | api 1             | api 1             | soft
        code 1114                             | auth 1         | auth 1          | auth 1            | auth 1            | soft
        code 1199                             | ok 2           | quota 3         | ok 2              | quota 3           |
        code 2008                             | api 1          | api 1           | api 1             | api 1             | soft
        code 2328                             | ok 2           | api 3           | api 1             | api 1             | soft
        code 4001                             | auth 1         | auth 1          | auth 1            | auth 1            | soft
        code 30100                            | api 1          | api 1           | api 1             | api 1             | soft
        code 40000901                         | api 1          | api 1           | api 1             | api 1             | soft
        code 60009001                         | auth 1         | auth 1          | auth 1            | auth 1            | soft
        code 28841002                         | quota 1        | quota 1         | quota 1           | quota 1           | other service
        code 28841004                         | quota 1        | quota 1         | quota 1           | quota 1           |
        code 28841105                         | auth 1         | auth 1          | auth 1            | auth 1            | soft, other service
        code 60001001                         | quota 1        | quota 1         | quota 1           | quota 1           |
        code 77777777                         | api 1          | api 1           | api 1             | api 1             | soft
        a word as code                        | api 1          | api 1           | api 1             | api 1             | soft
        plain refusal 1106                    | auth 1         | auth 1          | auth 1            | auth 1            | soft
        plain refusal 1010                    | ok 2 token     | auth 2 token    | ok 2 token        | auth 2 token      |
        plain refusal A_WORD                  | api 1          | api 1           | api 1             | api 1             | soft
        """;

    private static final Map<String, Row> ROWS = parsed();

    private FaultTable() {}

    /**
     * The expected outcome of a call.
     *
     * @param what {@code ok}, {@code any} or the kind of failure
     * @param attempts the number of requests sent for the call that the fault hits
     * @param freshToken whether another token is fetched
     * @param done whether a write was carried out
     * @param unsent whether the failure says that it definitely had no effect
     */
    record Outcome(String what, int attempts, boolean freshToken, boolean done, boolean unsent) {

        static Outcome of(String cell) {
            List<String> words = Arrays.asList(cell.strip().split(" "));
            return new Outcome(
                    words.get(0),
                    Integer.parseInt(words.get(1)),
                    words.contains("token"),
                    words.contains("done") || words.get(0).equals("ok"),
                    words.contains("unsent"));
        }

        boolean succeeds() {
            return what.equals("ok") || what.equals("any");
        }

        private Outcome withAnyResult() {
            return new Outcome("any", attempts, freshToken, done, unsent);
        }
    }

    /** One line of the table. */
    record Row(String fault, List<Outcome> outcomes, String rest) {

        /**
         * Returns the expected outcome of a call; one with a fallback sends another request if its service is refused.
         */
        Outcome expected(CloudCall call, boolean forever) {
            return fallsBack(call) && !forever ? Outcome.of(call.fallback() + " 2") : expected(call.kind(), forever);
        }

        boolean fallsBack(CloudCall call) {
            return rest.contains("other service") && call.fallback() != null;
        }

        /** Returns whether a read is repeated once without counting, because a reused connection failed. */
        boolean repeats(CloudCall call) {
            return rest.equals("kept") && !call.kind().writes();
        }

        Outcome expected(Kind kind, boolean forever) {
            Outcome outcome = outcomes.get((kind.writes() ? 2 : 0) + (forever ? 1 : 0));
            boolean raw = kind == Kind.RAW_READ || kind == Kind.RAW_WRITE;
            boolean soft = kind == Kind.EXTRA && rest.contains("soft") && !outcome.succeeds();
            return soft || raw && rest.contains("raw") ? outcome.withAnyResult() : outcome;
        }
    }

    /** Returns the lines of the table by the names of their faults, in order. */
    static Map<String, Row> rows() {
        return ROWS;
    }

    private static Map<String, Row> parsed() {
        Map<String, Row> rows = new LinkedHashMap<>();
        TABLE.lines().skip(1).forEach(line -> {
            String[] cells = line.split("\\|", -1);
            List<Outcome> outcomes = Arrays.stream(cells, 1, 5).map(Outcome::of).toList();
            String fault = cells[0].strip();
            rows.put(fault, new Row(fault, outcomes, cells[5].strip()));
        });
        return Collections.unmodifiableMap(rows);
    }
}
