package io.simpleim.standalone.store.key;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyWriterTest {
    private static final List<Object> ORDERED = List.of(
            Double.NEGATIVE_INFINITY,
            Long.MIN_VALUE,
            -1.5,
            -1,
            0,
            Double.MIN_VALUE,
            0.5,
            1L,
            5.0,
            1L << 40,
            (1L << 53) - 1,
            (1L << 53) + 1,
            (1L << 62) + 300,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN,
            "",
            "\0",
            "\0a",
            "\1",
            "a",
            "a\0",
            "a\0b",
            "ab",
            "b",
            "é",
            "漢",
            "\uD83D\uDE00",
            "\uFFFD",
            new BinData(new byte[] {1}),
            new BinData(new byte[] {0, 0}),
            new UUID(1, 1),
            new UUID(-1, 1),
            new ObjectId("000000000000000000000001"),
            new ObjectId("ff0000000000000000000000"),
            false,
            true,
            Instant.ofEpochMilli(-1),
            Instant.EPOCH,
            Instant.ofEpochMilli(1_700_000_000_000L));

    @Test
    void keysCompareAsTheLibraryComparesValues() {
        for (Object a : ORDERED) {
            for (Object b : ORDERED) {
                if (isBeyondLong(a) && b instanceof Long || isBeyondLong(b) && a instanceof Long) {
                    continue; // the library converts the double to a long, and NaN to 0
                }
                assertThat(Integer.signum(KeyWriter.key(a).compareTo(KeyWriter.key(b))))
                        .as("%s against %s", a, b)
                        .isEqualTo(Integer.signum(ValueComparator.asc().compare(a, b)));
            }
        }
    }

    private static boolean isBeyondLong(Object value) {
        return value instanceof Double d && (d.isNaN() || d.isInfinite());
    }

    @Test
    void keysAreEqualExactlyIfTheLibraryConsidersTheValuesEqual() {
        List<Object> values = new ArrayList<>(ORDERED);
        values.addAll(
                List.of(1, 1.0, 5, 5L, -0.0, 0.0, new Decimal128(BigDecimal.valueOf(5)), 9.223372036854775807E18));
        values.addAll(List.of(
                new Document("a", 1),
                new Document("a", 1L),
                new Document("a", 1).append("b", 2),
                new Document("b", 2).append("a", 1),
                List.of(1, 2),
                List.of(1.0, 2L),
                List.of()));
        for (Object a : values) {
            for (Object b : values) {
                assertThat(KeyWriter.key(a).equals(KeyWriter.key(b)))
                        .as("%s and %s", a, b)
                        .isEqualTo(new KeyValue(a).normalized().equals(new KeyValue(b).normalized()));
            }
        }
    }

    @Test
    void concatenatedValuesCompareOneAfterTheOther() {
        assertThat(KeyWriter.joined(List.of("a", "z"))).isLessThan(KeyWriter.joined(List.of("a\0", "a")));
        assertThat(KeyWriter.joined(List.of("a", 2))).isGreaterThan(KeyWriter.joined(List.of("a", 1)));
        assertThat(KeyWriter.joined(List.of("a", "b"))).isNotEqualTo(KeyWriter.joined(List.of("ab", "")));
    }
}
