package io.github.tuyacloud.json;

import org.jspecify.annotations.Nullable;

/**
 * The member names of a JSON object, in order. Objects in one document with the same names share one instance; each
 * object stores only its values.
 */
final class MemberNames {

    static final MemberNames NONE = new MemberNames(new String[0]);

    /** For at most this many names, scanning is faster than hashing. */
    private static final int MAX_SCANNED = 8;

    private final String[] names;

    /** Built at the first lookup and not modified afterward; a race only builds it twice. */
    private volatile @Nullable NameIndex index;

    /**
     * The latest result of {@link #plus}. Objects of one kind get the same members added, and reusing the result keeps
     * their names shared.
     */
    private @Nullable MemberNames latestPlus;

    /** Takes ownership of the array, in which no name occurs twice. */
    MemberNames(String[] owned) {
        this.names = owned;
    }

    int size() {
        return names.length;
    }

    String get(int position) {
        return names[position];
    }

    /** Returns the position of a name, or -1. */
    int indexOf(@Nullable Object name) {
        if (names.length > MAX_SCANNED) {
            return name instanceof String text ? index().positionOf(text) : -1;
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns these names with one more at the end. */
    MemberNames plus(String name) {
        MemberNames latest = latestPlus;
        if (latest != null && latest.names[names.length].equals(name)) {
            return latest;
        }
        String[] more = new String[names.length + 1];
        System.arraycopy(names, 0, more, 0, names.length);
        more[names.length] = name;
        MemberNames created = new MemberNames(more);
        latestPlus = created;
        return created;
    }

    private NameIndex index() {
        NameIndex built = index;
        if (built == null) {
            built = new NameIndex(names.length);
            for (String name : names) {
                built.add(name);
            }
            index = built;
        }
        return built;
    }
}
