package io.simpleim.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for 127.0.0.1, made by the JDK's keytool. Clients that use the JVM's trust store trust it or not. Not
 * thread-safe.
 */
public final class TestCertificate implements AutoCloseable {
    private static final String ALIAS = "redis";
    private static final String STORE_PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    private final TempFolder folder = TempFolder.create("im-certificate");

    private TestCertificate() {}

    /** A certificate that this JVM trusts until it is closed; one at a time. */
    public static TestCertificate trusted() {
        TestCertificate certificate = unknown();
        System.setProperty(TRUST_STORE, certificate.file("trust.p12").toString());
        System.setProperty(TRUST_STORE_PASSWORD, STORE_PASSWORD);
        loadTrustStore();
        return certificate;
    }

    /** A certificate that nobody trusts. */
    public static TestCertificate unknown() {
        TestCertificate certificate = new TestCertificate();
        try {
            certificate.make();
            return certificate;
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            certificate.folder.close();
            throw new IllegalStateException("no certificate", e);
        }
    }

    /**
     * Loads the new trust store now. If two threads first saw it at the same time, the JDK would give one of them the
     * old one.
     */
    private static void loadTrustStore() {
        try {
            SSLContext.getInstance("TLS").init(null, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void make() throws IOException, GeneralSecurityException, InterruptedException {
        Path made = file("made.p12");
        Process keytool = new ProcessBuilder(keytool(made))
                .redirectErrorStream(true)
                .redirectOutput(file("keytool.txt").toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException(Files.readString(file("keytool.txt")));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(made)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(ALIAS, STORE_PASSWORD.toCharArray()).getEncoded();
        writePem("key.pem", "PRIVATE KEY", key);
        writePem("certificate.pem", "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());

        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(file("trust.p12"))) {
            trust.store(out, STORE_PASSWORD.toCharArray());
        }
    }

    private static List<String> keytool(Path made) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=redis",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                made.toString(),
                "-storepass",
                STORE_PASSWORD);
    }

    private void writePem(String name, String type, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                file(name),
                "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }

    /** The certificate, which is also the whole chain, as PEM. */
    Path chain() {
        return file("certificate.pem");
    }

    /** The key, as PEM. */
    Path key() {
        return file("key.pem");
    }

    /** A client context that trusts only this certificate. */
    public SSLContext trustingIt() {
        try (InputStream in = Files.newInputStream(file("trust.p12"))) {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(in, STORE_PASSWORD.toCharArray());
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Redis options that use the certificate on the port, for replication and between cluster nodes. */
    public List<String> redisOptions(int port) {
        return List.of(
                "--port",
                "0",
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                file("certificate.pem").toString(),
                "--tls-key-file",
                file("key.pem").toString(),
                "--tls-ca-cert-file",
                file("certificate.pem").toString(),
                "--tls-auth-clients",
                "no",
                "--tls-replication",
                "yes",
                "--tls-cluster",
                "yes");
    }

    /** The same options as lines of a configuration file. */
    List<String> redisLines(int port) {
        List<String> options = redisOptions(port);
        return IntStream.range(0, options.size() / 2)
                .mapToObj(i -> options.get(2 * i).substring("--".length()) + " " + options.get(2 * i + 1))
                .toList();
    }

    private Path file(String name) {
        return folder.path().resolve(name);
    }

    @Override
    public void close() {
        String trusted = System.getProperty(TRUST_STORE);
        if (file("trust.p12").toString().equals(trusted)) {
            System.clearProperty(TRUST_STORE);
            System.clearProperty(TRUST_STORE_PASSWORD);
            loadTrustStore();
        }
        folder.close();
    }
}
