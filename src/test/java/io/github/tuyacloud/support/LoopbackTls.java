package io.github.tuyacloud.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** TLS for a server on 127.0.0.1, with a self-signed certificate that only the given clients trust. */
public final class LoopbackTls {

    private final HandshakeCertificates certificates;
    private final HeldCertificate certificate;

    public LoopbackTls() {
        certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        certificates = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(certificate.certificate())
                .build();
    }

    /** Returns the socket factory for the server. */
    public SSLSocketFactory sockets() {
        return certificates.sslSocketFactory();
    }

    /** Adds the certificate to those that clients of this JVM trust by default. */
    public void trustedByThisJvm(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate.certificate());
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    }

    /** Configures a client to trust the server. */
    public OkHttpClient.Builder trustedBy(OkHttpClient.Builder client) {
        return client.sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager());
    }
}
