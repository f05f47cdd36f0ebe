package io.simpleim.config.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The format of {@code [partner] keys}. A name may occur with several secrets, so that a partner can rotate them; each
 * secret belongs to one entry, so that it identifies the partner.
 */
public final class PartnerKeys {
    public static final Format<List<PartnerKey>> FORMAT = new Format<>(
            "name:secret[, name:secret…] with a name of 1 to 64 characters A-Z a-z 0-9 . _ - and a secret of its own"
                    + " of at least 32 visible ASCII characters without a comma",
            PartnerKeys::parse);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** A secret is sent in an HTTP header, which carries only visible ASCII safely. */
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{32,}");

    private PartnerKeys() {}

    private static List<PartnerKey> parse(String text) throws BadValueException {
        if (text.isBlank()) {
            return List.of();
        }
        List<PartnerKey> keys = new ArrayList<>();
        Map<HashedSecret, Integer> entryOfSecret = new HashMap<>();
        for (String entry : text.split(",", -1)) {
            int number = keys.size() + 1;
            PartnerKey key = key(entry.strip(), number);
            Integer earlier = entryOfSecret.putIfAbsent(key.secret(), number);
            if (earlier != null) {
                throw new BadValueException("entries " + earlier + " and " + number + " have the same secret");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    private static PartnerKey key(String entry, int number) throws BadValueException {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            throw new BadValueException("entry " + number + " is not name:secret");
        }
        String name = entry.substring(0, colon);
        if (!NAME.matcher(name).matches()) {
            throw new BadValueException("entry " + number + " has a bad name");
        }
        String secret = entry.substring(colon + 1);
        if (!SECRET.matcher(secret).matches()) {
            throw new BadValueException(
                    "entry " + number + " has a secret that is too short or has a character that is not allowed");
        }
        return new PartnerKey(name, HashedSecret.of(secret));
    }
}
