package io.github.tuyacloud.support;

import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** TLS for a server on 127.0.0.1, with a self-signed certificate that only the given clients trust. */
public final class LoopbackTls {

    private final HandshakeCertificates certificates;

    public LoopbackTls() {
        HeldCertificate certificate = new HeldCertificate.Builder()
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

    /** Configures a client to trust the server. */
    public OkHttpClient.Builder trustedBy(OkHttpClient.Builder client) {
        return client.sslSocketFactory(certificates.sslSocketFactory(), certificates.trustManager());
    }
}
