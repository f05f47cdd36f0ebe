package io.simpleim.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.simpleim.api.ApiError;
import io.simpleim.api.ErrorMapper;
import io.simpleim.api.Failure;
import io.simpleim.api.Limit;
import io.simpleim.api.RequestRejected;
import io.simpleim.testing.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What a line says, and how many there can be. */
class AuditLogTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-26T08:09:10.007Z"));
    private final List<String> lines = new ArrayList<>();
    private final AuditLog audit = new AuditLog(lines::add, clock);
    private final RequestFacts facts = new RequestFacts("id-1", null, null, null, null, null);
    private final RequestScope scope = RequestScope.open(RequestFacts.NONE);

    @AfterEach
    void closeScope() {
        scope.close();
    }

    @Test
    void aLoginNamesPartnerUserSessionAndAddress() throws IOException {
        RequestScope.update(
                RequestFacts.of("id-1", "203.0.113.9", "/user/get_login_token").withPartner("shop"));
        audit.login("anna", "s-1");

        assertThat(Files.readString(Path.of("src/site/markdown/operations.md"))).contains(lines.get(0));
        assertThat(lines)
                .containsExactly("{\"time\":\"2026-11-26T08:09:10.007Z\",\"event\":\"login\",\"request_id\":\"id-1\","
                        + "\"partner\":\"shop\",\"user_id\":\"anna\",\"session_id\":\"s-1\","
                        + "\"address\":\"203.0.113.9\",\"path\":\"/user/get_login_token\"}");
    }

    @Test
    void aKickIsAboutTheRemovedMemberAndNamesTheHost() {
        RequestScope.update(facts.withSession("host", "session-of-the-host"));
        audit.kicked("r1", "anna", "host");

        JsonObject line = only();
        assertThat(line.get("event").getAsString()).isEqualTo("kick");
        assertThat(line.get("user_id").getAsString()).isEqualTo("anna");
        assertThat(line.get("by_user_id").getAsString()).isEqualTo("host");
        assertThat(line.get("room_id").getAsString()).isEqualTo("r1");
        assertThat(line.has("session_id")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfASessionHasItsReason(SessionEnd end) {
        audit.sessionEnded("anna", "s-1", end);

        assertThat(only().get("reason").getAsString()).isEqualTo(end.name().toLowerCase(Locale.ROOT));
        assertThat(only().get("session_id").getAsString()).isEqualTo("s-1");
    }

    @Test
    void factsAboutOneRequestAreNotAttributedToTheNext() {
        scope.close();
        RequestScope first = RequestScope.open(RequestFacts.of("id-1", "203.0.113.9", "/path"));
        RequestScope.update(facts.withSession("anna", "s-1").withPartner("shop"));
        first.close();
        RequestScope next = RequestScope.open(new RequestFacts("id-2", null, null, null, null, null));
        audit.partnerCall(null);
        next.close();
        RequestScope.update(facts);
        audit.partnerCall(null);

        assertThat(lines)
                .containsExactly(
                        "{\"time\":\"2026-11-26T08:09:10.007Z\",\"event\":\"partner_call\",\"request_id\":\"id-2\"}",
                        "{\"time\":\"2026-11-26T08:09:10.007Z\",\"event\":\"partner_call\"}");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void closingANestedScopeRestoresTheOuterFacts() {
        RequestScope.update(facts.withPartner("shop"));
        RequestScope inner = RequestScope.open(new RequestFacts("id-2", null, "anna", "s-1", null, null));
        assertThat(MDC.getCopyOfContextMap())
                .containsOnly(entry("request_id", "id-2"), entry("user_id", "anna"), entry("session_id", "s-1"));
        inner.close();

        assertThat(MDC.getCopyOfContextMap()).containsOnly(entry("request_id", "id-1"), entry("partner", "shop"));
        audit.partnerCall(null);
        assertThat(only().get("request_id").getAsString()).isEqualTo("id-1");
    }

    @Test
    void aRequestThatContinuesOnAnotherThreadKeepsItsFacts() throws Exception {
        RequestFacts known = facts.withPartner("shop");
        Thread other = new Thread(() -> {
            RequestScope there = RequestScope.open(known);
            audit.partnerCall(null);
            there.close();
        });
        other.start();
        other.join();

        assertThat(only().get("partner").getAsString()).isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\n{\"event\":\"login\"}",
                "a\",\"event\":\"login\",\"x\":\"",
                "a\u0085b\u2028c\u2029d",
                "\u001b[2J\u009b2J\u007f",
                "\u202etxt.exe\u2066\u200b\ufeff\udb40\udc01"
            })
    void nothingInAValueEndsALineOrStopsBeingThatValue(String value) {
        RequestScope.update(RequestFacts.of("id-1", "203.0.113.9", value));
        audit.login(value, "s-1");

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).matches("[\\x20-\\x7e]+");
        assertThat(only().get("user_id").getAsString()).isEqualTo(value);
        assertThat(only().get("path").getAsString()).isEqualTo(value);
        assertThat(only().get("event").getAsString()).isEqualTo("login");
    }

    @Test
    void theSameRefusalIsWrittenOnceAndThenCountedOnceAMinute() {
        refuse("203.0.113.9", 100);
        assertThat(lines).hasSize(1);

        clock.advance(Duration.ofSeconds(59));
        audit.writeDueSummaries();
        assertThat(lines).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        audit.writeDueSummaries();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .endsWith("\"event\":\"refused\",\"address\":\"203.0.113.9\",\"path\":\"/rm/room\","
                        + "\"error\":\"unauthenticated\",\"count\":99}");

        refuse("203.0.113.9", 10);
        assertThat(lines).hasSize(2);
        clock.advance(Duration.ofMinutes(1));
        refuse("203.0.113.9", 1);
        assertThat(lines).hasSize(3);
        assertThat(line(2).get("count").getAsLong()).isEqualTo(10);
        assertThat(audit.written()).isEqualTo(3);
        assertThat(audit.leftOut()).isEqualTo(99 + 10 + 1);
    }

    @Test
    void aRefusalAfterAQuietMinuteHasALineOfItsOwnAgain() {
        refuse("203.0.113.9", 1);
        clock.advance(Duration.ofMinutes(1));
        audit.writeDueSummaries();
        refuse("203.0.113.9", 1);

        assertThat(lines).hasSize(2);
        assertThat(line(1).has("count")).isFalse();
        assertThat(line(1).get("request_id").getAsString()).isEqualTo("id-1");
    }

    @Test
    void pendingSummariesAreWrittenWhenTheServerStops() {
        refuse("203.0.113.9", 3);
        audit.flush();
        audit.flush();

        assertThat(lines).hasSize(2);
        assertThat(line(1).get("count").getAsLong()).isEqualTo(2);
    }

    @Test
    void differentRefusalsHaveALineEach() {
        refuse("203.0.113.9", 1);
        refuse("203.0.113.10", 1);
        audit.refused(failure(RequestRejected.because(ApiError.TOKEN_EXPIRED)));

        assertThat(lines).hasSize(3);
    }

    @Test
    void anAttackFromManyAddressesWritesFewLinesAndCountsEveryRefusal() {
        int minutes = 10;
        for (int minute = 0; minute < minutes; minute++) {
            for (int i = 0; i < 1000; i++) {
                refuse("2001:db8::" + Integer.toHexString(minute * 1000 + i), 1);
                refuse("2001:db8::" + Integer.toHexString(i), 1);
            }
            clock.advance(Duration.ofMinutes(1));
        }
        audit.flush();

        assertThat(lines).hasSizeLessThanOrEqualTo((minutes + 1) * (RefusalThrottle.MAX_KINDS + 1));
        long counted = lines.stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .mapToLong(line -> line.has("count") ? line.get("count").getAsLong() : 1)
                .sum();
        assertThat(counted).isEqualTo(2000L * minutes);
    }

    @Test
    void aFloodOfOneErrorLeavesRoomForAnother() {
        for (int i = 0; i < 1000; i++) {
            refuse("2001:db8::" + Integer.toHexString(i), 1);
        }
        lines.clear();
        RequestScope.update(RequestFacts.of("id-1", "203.0.113.9", "/user/get_login_token"));
        audit.refused(failure(RequestRejected.because(ApiError.PARTNER_KEY_REQUIRED)));

        assertThat(only().get("error").getAsString()).isEqualTo("partner_key_required");
        assertThat(only().get("address").getAsString()).isEqualTo("203.0.113.9");
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() {
        refuse("203.0.113.9", 2);
        clock.advance(Duration.ofHours(-1));
        audit.writeDueSummaries();

        assertThat(line(1).get("count").getAsLong()).isEqualTo(1);
    }

    @Test
    void limitsByAddressAreAuditedAndLimitsByUserAreNot() {
        audit.refused(failure(RequestRejected.forNow(ApiError.RATE_LIMITED, 1).by(Limit.MESSAGES_PER_SECOND)));
        audit.refused(failure(RequestRejected.forNow(ApiError.RATE_LIMITED, 1)));
        assertThat(lines).isEmpty();

        audit.refused(failure(RequestRejected.forNow(ApiError.RATE_LIMITED, 1).by(Limit.LOGINS_PER_SECOND)));
        assertThat(only().get("error").getAsString()).isEqualTo("rate_limited");
        assertThat(only().get("reason").getAsString()).isEqualTo("loginsPerSecond");
    }

    @Test
    void refusalsThatConcernOnlyTheClientAreNotAudited() {
        audit.refused(failure(RequestRejected.missing("message")));
        audit.refused(failure(RequestRejected.because(ApiError.ROOM_FULL)));
        audit.refused(failure(RequestRejected.because(ApiError.NOT_IN_ROOM, "target_not_in_room")));

        assertThat(lines).isEmpty();
    }

    private void refuse(String address, int times) {
        RequestScope.update(RequestFacts.of("id-1", address, "/rm/room"));
        for (int i = 0; i < times; i++) {
            audit.refused(failure(RequestRejected.because(ApiError.UNAUTHENTICATED)));
        }
    }

    private static Failure failure(RequestRejected refused) {
        return ErrorMapper.map(refused, "id-1");
    }

    private JsonObject only() {
        assertThat(lines).hasSize(1);
        return line(0);
    }

    private JsonObject line(int index) {
        return JsonParser.parseString(lines.get(index)).getAsJsonObject();
    }
}
