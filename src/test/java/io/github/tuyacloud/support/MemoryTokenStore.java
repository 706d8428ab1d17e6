package io.github.tuyacloud.support;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A token store in memory that a test can read and change, and that records everything saved to it. */
public class MemoryTokenStore implements TokenStore {

    private final Map<String, AccessToken> byKey = new ConcurrentHashMap<>();
    private final List<AccessToken> saved = new ArrayList<>();

    @Override
    public Optional<AccessToken> load(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    @Override
    public synchronized void save(String key, AccessToken token) {
        byKey.put(key, token);
        saved.add(token);
    }

    @Override
    public void clear(String key) {
        byKey.remove(key);
    }

    /** Returns the tokens by their keys; changes write through. */
    public Map<String, AccessToken> byKey() {
        return byKey;
    }

    /** Returns the token saved last. */
    public synchronized AccessToken last() {
        return saved.get(saved.size() - 1);
    }

    /** Returns all tokens ever saved. */
    public synchronized List<AccessToken> all() {
        return List.copyOf(saved);
    }
}
