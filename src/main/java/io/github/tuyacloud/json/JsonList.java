package io.github.tuyacloud.json;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A JSON array as an unmodifiable list of plain Java values. */
final class JsonList extends AbstractList<@Nullable Object> implements RandomAccess {

    static final JsonList EMPTY = new JsonList(new Object[0]);

    private final @Nullable Object[] items;

    /** Takes ownership of the array. */
    JsonList(@Nullable Object[] owned) {
        this.items = owned;
    }

    @Override
    public @Nullable Object get(int index) {
        return items[index];
    }

    @Override
    public int size() {
        return items.length;
    }

    /** Returns the items on one line; secrets are replaced by {@code ***}. */
    @Override
    public String toString() {
        return JsonObject.show(this);
    }
}
