package io.simpleim.config.value;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The formats of the stores' addresses. A parsed address always names the port, except in a {@code mongodb} string, which
 * is left to the driver.
 */
public final class Addresses {
    public static final Format<String> MONGO =
            new Format<>("host:port[,host:port…], a mongodb:// or a mongodb+srv:// string", Addresses::mongo);
    public static final Format<String> REDIS =
            new Format<>("host:port[,host:port…], a redis:// or a rediss:// string", Addresses::redis);

    private static final int MONGO_PORT = 27017;
    private static final int REDIS_PORT = 6379;
    private static final int MAX_PORT = 65535;

    private static final Pattern MONGO_STRING = Pattern.compile("mongodb(\\+srv)?://\\S+");
    private static final Pattern REDIS_STRING = Pattern.compile("rediss?://.*");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_][A-Za-z0-9_.-]*)(?::([0-9]{1,5}))?");
    private static final Pattern OTHER_DATABASE = Pattern.compile("/0*[1-9][0-9]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private Addresses() {}

    private static String mongo(String text) throws BadValueException {
        String address = text.strip();
        if (address.isEmpty() || MONGO_STRING.matcher(address).matches()) {
            return address;
        }
        return hostsAndPorts(address, MONGO_PORT);
    }

    private static String redis(String text) throws BadValueException {
        String address = text.strip();
        if (address.isEmpty()) {
            return address;
        }
        return isRedisString(address) ? redisUri(address) : hostsAndPorts(address, REDIS_PORT);
    }

    /** Whether a parsed Redis address is one {@code redis://} or {@code rediss://} string. */
    public static boolean isRedisString(String address) {
        return REDIS_STRING.matcher(address).matches();
    }

    /** Whether a parsed Redis address requests TLS. */
    public static boolean isSecureRedisString(String address) {
        return address.startsWith("rediss://");
    }

    /** Whether a parsed Redis address names a database other than 0. */
    public static boolean namesRedisDatabase(String address) {
        return isRedisString(address)
                && OTHER_DATABASE.matcher(URI.create(address).getPath()).matches();
    }

    /** Whether a parsed address lists more than one host. */
    public static boolean areSeveral(String address) {
        return !address.contains("://") && address.contains(",");
    }

    private static String redisUri(String address) throws BadValueException {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new BadValueException("not a URI (special characters in a password must be percent-encoded)");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new BadValueException("no host and port that a URI can have");
        }
        return uri.getPort() > 0 ? address : withRedisPort(uri);
    }

    /** Without a port, the authority ends with the host or with a bare colon. */
    private static String withRedisPort(URI uri) {
        String authority = uri.getRawAuthority();
        String start = uri.getScheme() + "://" + authority;
        String rest = uri.toString().substring(start.length());
        return start + (authority.endsWith(":") ? "" : ":") + REDIS_PORT + rest;
    }

    private static String hostsAndPorts(String list, int defaultPort) throws BadValueException {
        List<String> hosts = new ArrayList<>();
        for (String entry : list.split(",", -1)) {
            hosts.add(hostAndPort(entry.strip(), defaultPort));
        }
        return String.join(",", hosts);
    }

    private static String hostAndPort(String entry, int defaultPort) throws BadValueException {
        Matcher matcher = HOST_AND_PORT.matcher(entry);
        if (!matcher.matches()) {
            throw new BadValueException("not host:port (an IPv6 address is written in brackets)");
        }
        String host = matcher.group(1);
        if (DIGITS.matcher(host).matches()) {
            throw new BadValueException("a number alone may be a host or a port");
        }
        String port = matcher.group(2);
        if (port == null) {
            return host + ":" + defaultPort;
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > MAX_PORT) {
            throw new BadValueException("a port is 1 to " + MAX_PORT);
        }
        return host + ":" + number;
    }
}
