package io.github.tuyacloud.support;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.extension.Extension;

/**
 * Keeps the JDK's trusted certificates in memory while tests run. The JDK references them weakly; otherwise, nearly
 * every client that a test creates would parse all of them again. JUnit finds this class through its service file.
 */
public final class TrustStore implements Extension {

    private static final TrustManagerFactory HELD = held();

    /** Called by JUnit. */
    public TrustStore() {
        if (HELD.getTrustManagers().length == 0) {
            throw new IllegalStateException("the JDK trusts no certificate");
        }
    }

    private static TrustManagerFactory held() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
