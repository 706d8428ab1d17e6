package io.github.tuyacloud.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HeldCertificate;

/**
 * The server's certificate, and a trust store that also has the JVM's own certificates, so that clients load as many
 * as usual.
 */
public final class Certificates {

    private static final char[] PASSWORD = "benchmark".toCharArray();
    private static final char[] DEFAULT_PASSWORD = "changeit".toCharArray();

    private final Path keys;
    private final Path trusted;

    private Certificates(Path keys, Path trusted) {
        this.keys = keys;
        this.trusted = trusted;
    }

    /** Creates both, and makes clients of this JVM trust them. */
    public static Certificates install(Path directory) throws IOException, GeneralSecurityException {
        Certificates made = new Certificates(directory.resolve("server.p12"), directory.resolve("trusted.jks"));
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).getHostAddress())
                .build();
        KeyStore server = KeyStore.getInstance("PKCS12");
        server.load(null, PASSWORD);
        server.setKeyEntry(
                "server", certificate.keyPair().getPrivate(), PASSWORD, new Certificate[] {certificate.certificate()});
        store(server, made.keys);
        KeyStore trust = KeyStore.getInstance("JKS");
        try (InputStream ours =
                Files.newInputStream(Path.of(System.getProperty("java.home"), "lib/security/cacerts"))) {
            KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
            known.load(ours, DEFAULT_PASSWORD);
            trust.load(null, PASSWORD);
            for (String alias : Collections.list(known.aliases())) {
                trust.setCertificateEntry(alias, known.getCertificate(alias));
            }
        }
        trust.setCertificateEntry("benchmark", certificate.certificate());
        store(trust, made.trusted);
        System.setProperty("javax.net.ssl.trustStore", made.trusted.toString());
        System.setProperty("javax.net.ssl.trustStoreType", "JKS");
        return made;
    }

    /** Returns the file with the server's key, for {@link #serverContext}. */
    public Path keys() {
        return keys;
    }

    /** Returns the file with the trusted certificates. */
    public Path trusted() {
        return trusted;
    }

    /** Returns the TLS context of the server. */
    public static SSLContext serverContext(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void store(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }
}
