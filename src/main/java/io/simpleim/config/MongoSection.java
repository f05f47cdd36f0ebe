package io.simpleim.config;

import io.simpleim.config.value.Addresses;
import io.simpleim.config.value.Formats;
import io.simpleim.config.value.Redactor;
import io.simpleim.config.value.Secret;
import java.util.Optional;

/** {@code [mongo]}: how to reach MongoDB. */
public final class MongoSection {
    static final Section SECTION = new Section(Settings.DB_FILE, "mongo");

    /** {@code host:port[,host:port…]}, a {@code mongodb://} or {@code mongodb+srv://} string, or empty. */
    public static final Setting<String> ADDRESS =
            SECTION.setting("address", "", Addresses.MONGO, "MongoDB; empty: the standalone server's embedded store");

    /** Empty to connect without authentication. */
    public static final Setting<String> USERNAME = SECTION.setting("username", "", Formats.text(), "MongoDB user");

    public static final Setting<Optional<Secret>> PASSWORD = SECTION.secret("password", "MongoDB password");

    public static final Setting<String> DATABASE =
            SECTION.setting("database", "simpleim", Formats.databaseName(), "MongoDB database");

    private MongoSection() {}

    /** The address without credentials, for people to read. */
    public static String redactedAddress(ServerConfig config) {
        return Redactor.address(config.get(ADDRESS));
    }
}
